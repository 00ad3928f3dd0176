package io.dispatch.cli.account;

import io.dispatch.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/**
 * A new RSA key pair.
 *
 * @param file with the private key, PKCS #8 as PEM (RFC 7468), readable by this user only
 * @param publicKey as an account has it: a PEM file in Base64
 */
record RsaKeys(Path file, String publicKey) {

    /** As strong as 128 bits (NIST SP 800-57), and made in a second or two; 4,096 take ten. */
    private static final int BITS = 3072;

    static RsaKeys generate(Path file) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair keys = generator.generateKeyPair();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            String pem = pem("PUBLIC KEY", keys.getPublic().getEncoded());
            return new RsaKeys(file, Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new CommandFailure("The key %s cannot be written: %s.".formatted(file, e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, lines, what);
    }
}
