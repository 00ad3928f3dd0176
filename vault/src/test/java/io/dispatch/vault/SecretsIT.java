package io.dispatch.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The table as its two services see it: driver-manager writes, function-invoker reads. */
class SecretsIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final UUID id = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // made before each test
    private String database;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Vault vault;

    @SuppressWarnings("NullAway.Init") // made before each test
    private JdbcClient writer;

    @SuppressWarnings("NullAway.Init") // made before each test
    private JdbcClient reader;

    @BeforeEach
    void migrate() throws IOException {
        database = TestDatabase.create();
        vault = VaultKey.fromFileOrNew(folder.resolve("key"));
        writer = JdbcClient.create(as(ServiceRole.DRIVER_MANAGER));
        reader = JdbcClient.create(as(ServiceRole.FUNCTION_INVOKER));
        try (InputStream migration = SecretsIT.class.getResourceAsStream("/db/vault/V101__secrets.sql")) {
            writer.sql(new String(Objects.requireNonNull(migration).readAllBytes(), StandardCharsets.UTF_8))
                    .update();
        }
    }

    @Test
    void aSecretIsReadUnderItsOrganizationAndName() {
        write("acme", "smtp", sealed("acme", "smtp"));

        assertThat(new Secrets(reader, vault).read("acme", "smtp"))
                .isEqualTo(new Secrets.Lookup.Found(id, 3, SecretValues.of(Map.of("password", "s3cret"))));
    }

    @Test
    void whatIsNotThereIsVisiblyMissing() {
        write("acme", "smtp", sealed("acme", "smtp"));

        assertThat(new Secrets(reader, vault).read("other", "smtp")).isEqualTo(new Secrets.Lookup.Missing("smtp"));
        assertThat(new Secrets(reader, vault).read("acme", "imap")).isEqualTo(new Secrets.Lookup.Missing("imap"));
    }

    @Test
    void aCiphertextThatWasMovedToAnotherRowIsUnreadable() {
        write("acme", "imap", sealed("acme", "smtp"));

        assertThat(new Secrets(reader, vault).read("acme", "imap")).isEqualTo(new Secrets.Lookup.Unreadable("imap"));
    }

    @Test
    void aServiceWithAnotherKeyReadsNothing() {
        write("acme", "smtp", sealed("acme", "smtp"));
        Vault another = VaultKey.fromFileOrNew(folder.resolve("another"));

        assertThat(new Secrets(reader, another).read("acme", "smtp")).isEqualTo(new Secrets.Lookup.Unreadable("smtp"));
    }

    @Test
    void theReaderCannotWrite() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> reader.sql("delete from vault.secret").update())
                .havingRootCause()
                .withMessageContaining("permission denied");
    }

    private byte[] sealed(String organization, String name) {
        return new Secrets(writer, vault).seal(organization, name, SecretValues.of(Map.of("password", "s3cret")));
    }

    private void write(String organization, String name, byte[] ciphertext) {
        writer.sql("""
                        insert into vault.secret
                               (organization, name, id, version, tags, ciphertext, created_at, modified_at)
                        values (:organization, :name, :id, 3, '[]', :ciphertext, now(), now())""")
                .param("organization", organization)
                .param("name", name)
                .param("id", id)
                .param("ciphertext", ciphertext)
                .update();
    }

    private DataSource as(ServiceRole role) {
        return new DriverManagerDataSource(database, role.roleName(), TestDatabase.password(role));
    }
}
