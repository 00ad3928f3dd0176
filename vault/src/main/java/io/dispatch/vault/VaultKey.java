package io.dispatch.vault;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/**
 * Where a vault's key comes from: a Tink key set as JSON, in a file or given as text. Whoever loses it loses every secret, so
 * it is made only where nobody else could have made it: in local mode.
 */
final class VaultKey {

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private VaultKey() {}

    /**
     * A vault with the key in that file.
     *
     * @throws VaultKeyException when there is no such file, others may read it, or it holds no key
     */
    static Vault fromFile(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new VaultKeyException("dispatch.vault.key-file %s does not exist".formatted(file));
            }
            if (isOpenToOthers(file)) {
                throw new VaultKeyException(
                        "dispatch.vault.key-file %s must not be readable by others: chmod 600 it".formatted(file));
            }
            return fromJson(Files.readString(file), "dispatch.vault.key-file " + file);
        } catch (IOException e) {
            throw new VaultKeyException("dispatch.vault.key-file %s cannot be read".formatted(file), e);
        }
    }

    /**
     * As {@link #fromFile}, and makes the file (mode 0600, its folder too) when it is not there. Several may do so at the same
     * time: one key wins and all use it.
     */
    static Vault fromFileOrNew(Path file) {
        if (!Files.exists(file)) {
            try {
                create(file);
            } catch (IOException e) {
                throw new VaultKeyException("dispatch.vault.key-file %s cannot be written".formatted(file), e);
            }
        }
        return fromFile(file);
    }

    /**
     * A vault with the key given as text.
     *
     * @param json a Tink key set; never shown in an error
     * @throws VaultKeyException when it is none
     */
    static Vault fromText(String json) {
        return fromJson(json, "dispatch.vault.key");
    }

    private static Vault fromJson(String json, String where) {
        try {
            AeadConfig.register();
            return new Vault(TinkJsonProtoKeysetFormat.parseKeyset(
                    json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            // Tink's message may quote what it could not parse.
            throw new VaultKeyException("%s must hold a Tink key set in JSON with an AEAD key".formatted(where));
        }
    }

    private static String newKey() {
        try {
            AeadConfig.register();
            KeysetHandle keys =
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    keys, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key could be made", e);
        }
    }

    private static void create(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "vault", ".tmp", ownerOnly(file));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(newKey()));
                channel.force(true);
            }
            // Unlike a move, a link never takes the place of a key that another process has made meanwhile.
            Files.createLink(file, temporary);
            try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        return isPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
