package io.dispatch.launcher;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** An RSA key pair by which somebody signs the tokens that the gateway asks for (contract section 10.2). */
final class AccountKey {

    /** How long a token is good for; the gateway takes at most a day. */
    static final Duration LIFETIME = Duration.ofHours(12);

    private static final int BITS = 2048;
    // The gateway's clock may be a little behind.
    private static final Duration ISSUED_BEFORE = Duration.ofSeconds(60);

    private final KeyPair keys;

    private AccountKey(KeyPair keys) {
        this.keys = keys;
    }

    /** A new one that is kept nowhere. */
    static AccountKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new AccountKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one in a file (PKCS #8 as PEM, RFC 7468, readable by its owner only), made if it is not there. */
    static AccountKey keptIn(Path file) {
        try {
            if (!Files.exists(file)) {
                AccountKey key = generate();
                SecretFile.write(file, pem("PRIVATE KEY", key.keys.getPrivate().getEncoded()));
                return key;
            }
            byte[] encoded =
                    Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]+-----", ""));
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new AccountKey(new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key));
        } catch (IOException | GeneralSecurityException | ClassCastException e) {
            throw new LaunchException(
                    "The account's key %s cannot be used (%s): delete the file, and a new key is made."
                            .formatted(file, e),
                    e);
        }
    }

    /** The public key as an account has it: a PEM file in Base64. */
    String publicKey() {
        String pem = pem("PUBLIC KEY", keys.getPublic().getEncoded());
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * A token for {@link #LIFETIME}.
     *
     * @param issuer {@code organization/account}, or the bootstrap user's name
     */
    String token(String issuer, Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .issueTime(Date.from(now.minus(ISSUED_BEFORE)))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(keys.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static String pem(String what, byte[] encoded) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, lines, what);
    }
}
