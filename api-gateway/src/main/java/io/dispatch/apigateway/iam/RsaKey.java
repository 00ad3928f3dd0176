package io.dispatch.apigateway.iam;

import io.dispatch.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys as the original's command line sends them. */
public final class RsaKey {

    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 16_384;
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----(.*)-----END PUBLIC KEY-----\\s*", Pattern.DOTALL);

    private RsaKey() {}

    /**
     * Reads a key.
     *
     * @param text base64 of a PEM (RFC 7468 section 13) that holds an RSA public key, or that PEM itself
     * @throws ApiException 400 if it is no such key or too short to be safe
     */
    public static RSAPublicKey parse(String text) {
        Matcher pem = PEM.matcher(text.contains("-----BEGIN") ? text : pemOf(text));
        if (!pem.matches()) {
            throw ApiException.badRequest(
                    "publicKey in body should be base64 of a PEM with \"-----BEGIN PUBLIC KEY-----\"");
        }
        RSAPublicKey key = keyOf(pem.group(1));
        int bits = key.getModulus().bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw ApiException.badRequest("publicKey in body should be an RSA key of %d to %d bits, but has %d"
                    .formatted(MIN_BITS, MAX_BITS, bits));
        }
        return key;
    }

    private static String pemOf(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64.strip()), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("publicKey in body should be base64 of a PEM");
        }
    }

    private static RSAPublicKey keyOf(String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw ApiException.badRequest("publicKey in body should be an RSA public key");
        }
    }
}
