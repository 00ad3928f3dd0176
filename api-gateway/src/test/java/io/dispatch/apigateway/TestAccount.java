package io.dispatch.apigateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody with an RSA key who signs tokens, as the original's command line does. */
final class TestAccount {

    private final String issuer;
    private final KeyPair keys;

    private TestAccount(String issuer, KeyPair keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    /** @param issuer {@code organization/account}, or a bootstrap user's name */
    static TestAccount of(String issuer) {
        return of(issuer, 2048);
    }

    static TestAccount of(String issuer, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new TestAccount(issuer, generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as the wire has it: base64 of a PEM. */
    String publicKey() {
        String pem = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded()));
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    String name() {
        return issuer.substring(issuer.indexOf('/') + 1);
    }

    /** What the original's command line signs: issued a minute ago, good for an hour. */
    Map<String, Object> claims() {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("iat", now - 60);
        claims.put("exp", now + 3600);
        return claims;
    }

    String token() {
        return token(JWSAlgorithm.RS256, claims());
    }

    String token(JWSAlgorithm algorithm, Map<String, Object> claims) {
        try {
            JWSObject token = new JWSObject(new JWSHeader(algorithm), new Payload(claims));
            token.sign(new RSASSASigner(keys.getPrivate()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of the header. */
    String bearer() {
        return "Bearer " + token();
    }
}
