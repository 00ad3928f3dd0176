package io.dispatch.cli.http;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * An RSA key by which an account signs its tokens. The JDK signs: for one algorithm in one direction a library would cost each
 * command a tenth of a second.
 */
final class PrivateKeyFile {

    private static final Duration ISSUED_BEFORE = Duration.ofSeconds(60);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

    /** RFC 8017 A.1 within RFC 5958: version 0 and the algorithm rsaEncryption. */
    private static final byte[] RSA = {2, 1, 0, 48, 13, 6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0};

    private final PrivateKey key;

    private PrivateKeyFile(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a PEM file (RFC 7468), PKCS #8 or PKCS #1.
     *
     * @throws CommandFailure if there is no such key
     */
    public static PrivateKeyFile read(Path file) {
        try {
            Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (!pem.find()) {
                throw new CommandFailure(
                        "The private key %s is no PEM file of an unencrypted RSA key: name another with --jwt-private-key."
                                .formatted(file));
            }
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
            byte[] pkcs8 = pem.group(1) == null ? encoded : wrapped(encoded);
            return new PrivateKeyFile(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    "The private key %s is not there: name another with --jwt-private-key.".formatted(file), e);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CommandFailure(
                    "The private key %s cannot be used (%s): name another with --jwt-private-key."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** A JWT signed with RS256 (RFC 7519), good for an hour. */
    public String token(String issuer, Instant now) {
        ObjectNode header = Json.object().put("alg", "RS256").put("typ", "JWT");
        ObjectNode claims = Json.object()
                .put("iss", issuer)
                .put("iat", now.minus(ISSUED_BEFORE).getEpochSecond())
                .put("exp", now.plus(LIFETIME).getEpochSecond());
        String signed = base64(Json.write(header)) + "." + base64(Json.write(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A PKCS #1 key as PKCS #8, which is all that the JDK reads. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] octets = der(4, pkcs1);
        return der(
                48,
                ByteBuffer.allocate(RSA.length + octets.length)
                        .put(RSA)
                        .put(octets)
                        .array());
    }

    /** A DER value with a length of two bytes, which RSA keys have. */
    private static byte[] der(int tag, byte[] content) {
        return ByteBuffer.allocate(content.length + 4)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
