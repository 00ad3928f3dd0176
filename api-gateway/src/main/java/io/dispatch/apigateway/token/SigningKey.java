package io.dispatch.apigateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.time.Instant;

/**
 * One key that signs.
 *
 * @param kid its id, which a token names
 * @param signer safe for use by many threads
 * @param createdAt when it was made
 */
record SigningKey(String kid, JWSSigner signer, Instant createdAt) {

    static SigningKey of(String kid, byte[] publicKey, byte[] privateKey, Instant createdAt) {
        OctetKeyPair pair = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(publicKey))
                .d(Base64URL.encode(privateKey))
                .keyID(kid)
                .build();
        try {
            return new SigningKey(kid, new Ed25519Signer(pair), createdAt);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing key %s is no Ed25519 key".formatted(kid), e);
        }
    }
}
