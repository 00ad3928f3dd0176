package io.dispatch.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTests {

    private static final byte[] VALUE = "s3cret".getBytes(UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aValueComesBackUnderItsOwnOrganizationAndNameOnly() throws GeneralSecurityException {
        Vault vault = VaultKey.fromFileOrNew(folder.resolve("key"));

        byte[] sealed = vault.encrypt("acme", "smtp", VALUE);

        assertThat(vault.decrypt("acme", "smtp", sealed)).isEqualTo(VALUE);
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> vault.decrypt("other", "smtp", sealed));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> vault.decrypt("acme", "imap", sealed));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> vault.decrypt("acmes", "mtp", sealed));
    }

    @Test
    void aChangedValueIsRefused() {
        Vault vault = VaultKey.fromFileOrNew(folder.resolve("key"));
        byte[] sealed = vault.encrypt("acme", "smtp", VALUE);

        sealed[sealed.length - 1] ^= 1;

        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> vault.decrypt("acme", "smtp", sealed));
    }

    @Test
    void theSameValueNeverLooksTheSame() {
        Vault vault = VaultKey.fromFileOrNew(folder.resolve("key"));

        byte[] sealed = vault.encrypt("acme", "smtp", VALUE);

        assertThat(sealed).isNotEqualTo(vault.encrypt("acme", "smtp", VALUE));
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain(new String(VALUE, ISO_8859_1));
    }

    @Test
    void theKeyFileIsMadeOnceForItsOwnerOnlyAndUsedByTheNextStart() throws Exception {
        Path file = folder.resolve("data").resolve("key");
        byte[] sealed = VaultKey.fromFileOrNew(file).encrypt("acme", "smtp", VALUE);

        Vault next = VaultKey.fromFileOrNew(file);

        assertThat(next.decrypt("acme", "smtp", sealed)).isEqualTo(VALUE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void servicesThatStartAtTheSameTimeAgreeOnOneKey() throws Exception {
        Path file = folder.resolve("key");
        List<Callable<Vault>> starts = Stream.generate(() -> (Callable<Vault>) () -> VaultKey.fromFileOrNew(file))
                .limit(8)
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Vault>> vaults = threads.invokeAll(starts);

            byte[] sealed = vaults.getFirst().get().encrypt("acme", "smtp", VALUE);
            for (Future<Vault> vault : vaults) {
                assertThat(vault.get().decrypt("acme", "smtp", sealed)).isEqualTo(VALUE);
            }
        }
    }

    @Test
    void theKeyMayComeAsText() throws Exception {
        Path file = folder.resolve("key");
        byte[] sealed = VaultKey.fromFileOrNew(file).encrypt("acme", "smtp", VALUE);

        assertThat(VaultKey.fromText(Files.readString(file)).decrypt("acme", "smtp", sealed))
                .isEqualTo(VALUE);
    }

    @Test
    void aMissingKeyIsNeverReplacedOutsideLocalMode() {
        assertThatExceptionOfType(VaultKeyException.class)
                .isThrownBy(() -> VaultKey.fromFile(folder.resolve("key")))
                .withMessageContaining("does not exist");
        assertThat(folder.resolve("key")).doesNotExist();
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        Path file = folder.resolve("key");
        VaultKey.fromFileOrNew(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatExceptionOfType(VaultKeyException.class)
                .isThrownBy(() -> VaultKey.fromFile(file))
                .withMessageContaining("chmod 600");
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingShown() {
        assertThatExceptionOfType(VaultKeyException.class)
                .isThrownBy(() -> VaultKey.fromText("{\"almost\":\"a-key\"}"))
                .satisfies(refusal -> {
                    assertThat(refusal)
                            .hasMessageContaining("dispatch.vault.key")
                            .hasNoCause();
                    assertThat(refusal.getMessage()).doesNotContain("a-key");
                });
    }

    @Test
    void valuesAreNotInTheirTextForm() {
        SecretValues values = SecretValues.of(Map.of("smtp-password", "s3cret"));

        assertThat(values).hasToString("SecretValues[smtp-password]");
    }
}
