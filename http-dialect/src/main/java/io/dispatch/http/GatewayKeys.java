package io.dispatch.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The public keys of the gateway's signing keys, as the gateway publishes them. Read again when an unknown key is named,
 * but at most once a second, so that a made-up key costs no query each time. Safe for use by many threads.
 */
final class GatewayKeys {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** {@code gateway_keys.public_key} is written by the gateway and readable by every service. */
    private static final String KEYS = """
            select kid, public_key
              from gateway_keys.public_key
             where not_after > now()
            """;

    private final JdbcClient database;
    private final Clock clock;
    private volatile Known known = new Known(Map.of(), Instant.MIN);

    GatewayKeys(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What checks the signatures of a key.
     *
     * @param kid the key's id, as a token names it
     * @return empty if the gateway publishes no such key
     */
    Optional<JWSVerifier> verifier(String kid) {
        Known now = known;
        if (!now.verifiers().containsKey(kid) && now.readAt().plus(PAUSE).isBefore(clock.instant())) {
            now = readAgain(now);
        }
        return Optional.ofNullable(now.verifiers().get(kid));
    }

    private synchronized Known readAgain(Known stale) {
        if (!known.readAt().equals(stale.readAt())) {
            return known;
        }
        Map<String, JWSVerifier> verifiers = new HashMap<>();
        database.sql(KEYS)
                .query((row, _) -> verifiers.put(row.getString("kid"), verifierOf(row.getBytes("public_key"))))
                .list();
        known = new Known(Map.copyOf(verifiers), clock.instant());
        return known;
    }

    private static JWSVerifier verifierOf(byte[] publicKey) {
        try {
            return new Ed25519Verifier(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(publicKey)).build());
        } catch (JOSEException e) {
            throw new IllegalStateException("gateway_keys.public_key holds what is no Ed25519 key", e);
        }
    }

    private record Known(Map<String, JWSVerifier> verifiers, Instant readAt) {}
}
