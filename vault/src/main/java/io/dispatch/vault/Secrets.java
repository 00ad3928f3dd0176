package io.dispatch.vault;

import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The secrets as one reads them: from table {@code vault.secret}, opened. Safe for any thread. */
public final class Secrets {

    private static final TypeReference<TreeMap<String, String>> VALUES = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Vault vault;

    /** @param jdbc of a role that may read {@code vault.secret} */
    public Secrets(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** What is found under a name. */
    public sealed interface Lookup {

        /**
         * The secret.
         *
         * @param id another one when the name was deleted and made again
         * @param version one more with every change
         */
        record Found(UUID id, long version, SecretValues values) implements Lookup {}

        /** There is no secret of that name. */
        record Missing(String name) implements Lookup {}

        /** There is one, sealed with a key that this service does not have. */
        record Unreadable(String name) implements Lookup {}
    }

    /**
     * Reads one secret.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked
     */
    public Lookup read(String organization, String name) {
        return jdbc.sql("""
                        select id, version, ciphertext
                          from vault.secret
                         where organization = :organization and name = :name""")
                .param("organization", organization)
                .param("name", name)
                .query((row, _) -> opened(organization, name, row))
                .optional()
                .orElseGet(() -> new Lookup.Missing(name));
    }

    /** The values as they stand in {@code vault.secret.ciphertext}. */
    public byte[] seal(String organization, String name, SecretValues values) {
        return vault.encrypt(organization, name, JSON.writeValueAsBytes(values.byKey()));
    }

    /**
     * What {@link #seal} made.
     *
     * @throws GeneralSecurityException when it was sealed with a key we do not have, for another organization or name, or was
     *     changed since
     */
    public SecretValues open(String organization, String name, byte[] sealed) throws GeneralSecurityException {
        try {
            return new SecretValues(JSON.readValue(vault.decrypt(organization, name, sealed), VALUES));
        } catch (JacksonException e) {
            // Without the cause, which quotes what it could not read.
            throw new GeneralSecurityException("the value of secret %s is sealed but no secret".formatted(name));
        }
    }

    private Lookup opened(String organization, String name, ResultSet row) throws SQLException {
        try {
            return new Lookup.Found(
                    row.getObject("id", UUID.class),
                    row.getLong("version"),
                    open(organization, name, row.getBytes("ciphertext")));
        } catch (GeneralSecurityException e) {
            return new Lookup.Unreadable(name);
        }
    }
}
