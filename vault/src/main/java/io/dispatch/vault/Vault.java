package io.dispatch.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Encrypts values (AES-256-GCM, by Tink) so that each opens only under the organization and name it was sealed for: moved to
 * another row it is unreadable. Safe for any thread.
 */
public final class Vault {

    private final Aead aead;

    /** @param keys the first key of the set encrypts, all of them decrypt: so a key can be rotated */
    Vault(KeysetHandle keys) throws GeneralSecurityException {
        AeadConfig.register();
        this.aead = keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /**
     * Seals a value.
     *
     * @param organization whose it is; empty for what belongs to the installation
     * @param name what it is called there
     * @param plain any bytes
     * @return some 33 bytes more than {@code plain}, different each time
     */
    public byte[] encrypt(String organization, String name, byte[] plain) {
        try {
            return aead.encrypt(plain, associatedData(organization, name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the value of %s could not be encrypted".formatted(name), e);
        }
    }

    /**
     * Opens a sealed value.
     *
     * @throws GeneralSecurityException when it was sealed with a key we do not have, for another organization or name, or was
     *     changed since
     */
    public byte[] decrypt(String organization, String name, byte[] sealed) throws GeneralSecurityException {
        return aead.decrypt(sealed, associatedData(organization, name));
    }

    /** Length before text, so that no two pairs give the same bytes. */
    private static byte[] associatedData(String organization, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : new String[] {organization, name}) {
                byte[] text = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
