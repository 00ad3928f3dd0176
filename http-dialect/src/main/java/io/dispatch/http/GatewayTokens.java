package io.dispatch.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token with which the gateway vouches for a caller: a JWT (RFC 7519) signed with Ed25519 (RFC 8037), meant for
 * this service and at most a minute old. A token that was verified once is not verified again while it is valid. Safe for
 * use by many threads.
 */
final class GatewayTokens {

    private static final String ISSUER = "dispatch-gateway";
    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final GatewayKeys keys;
    private final String audience;
    private final Clock clock;
    private final Cache<String, Verified> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MAX_AGE)
            .build();

    GatewayTokens(GatewayKeys keys, String audience, Clock clock) {
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * Who is vouched for.
     *
     * @param token the token in its compact form
     * @return empty if nothing vouches for the caller, for whatever reason: the gateway never sends such a token
     */
    Optional<Caller> caller(String token) {
        Verified verified = remembered.getIfPresent(token);
        if (verified == null) {
            verified = verify(token);
            if (verified != null) {
                remembered.put(token, verified);
            }
        }
        return verified == null || !clock.instant().isBefore(verified.expires())
                ? Optional.empty()
                : Optional.of(verified.caller());
    }

    private @Nullable Verified verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String kid = jwt.getHeader().getKeyID();
            if (kid == null || !isEdwards(jwt.getHeader().getAlgorithm())) {
                return null;
            }
            Optional<JWSVerifier> verifier = keys.verifier(kid);
            return verifier.isPresent() && jwt.verify(verifier.get()) ? verified(jwt.getJWTClaimsSet()) : null;
        } catch (ParseException | JOSEException e) {
            return null;
        }
    }

    private static boolean isEdwards(JWSAlgorithm algorithm) {
        return algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519);
    }

    private @Nullable Verified verified(JWTClaimsSet claims) throws ParseException {
        String organization = claims.getStringClaim("org");
        String scope = claims.getStringClaim("scope");
        boolean complete = ISSUER.equals(claims.getIssuer())
                && claims.getAudience().contains(audience)
                && claims.getSubject() != null
                && claims.getExpirationTime() != null
                && organization != null
                && scope != null;
        return complete
                ? new Verified(
                        new Caller(organization, claims.getSubject(), Scope.parse(scope)),
                        claims.getExpirationTime().toInstant())
                : null;
    }

    private record Verified(Caller caller, Instant expires) {}
}
