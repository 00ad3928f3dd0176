package io.dispatch.apigateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.dispatch.http.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.springframework.stereotype.Component;

/**
 * Vouches for a caller to a service: a JWT (RFC 7519) signed with Ed25519 (RFC 8037), good for that service and for a minute.
 * One token is used again for the same caller and service until it is half its age. Safe for use by many threads.
 */
@Component
public class ServiceTokens {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Duration REUSE = Duration.ofSeconds(30);
    private static final int MAX_REMEMBERED = 10_000;

    private final SigningKeys keys;
    private final Clock clock;
    private final Cache<For, Token> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REUSE)
            .build();

    ServiceTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The value of the {@code Authorization} header for a forwarded request.
     *
     * @param caller for whom the gateway vouches
     * @param service the one service that shall accept it
     */
    public String bearer(Caller caller, String service) {
        Instant now = clock.instant();
        For key = new For(caller, service);
        Token token = remembered.getIfPresent(key);
        if (token == null || token.reuseUntil().isBefore(now)) {
            token = new Token("Bearer " + sign(caller, service, now), now.plus(REUSE));
            remembered.put(key, token);
        }
        return token.header();
    }

    private String sign(Caller caller, String service, Instant now) {
        SigningKey key = keys.current();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID(key.kid()).build(),
                new JWTClaimsSet.Builder()
                        .issuer("dispatch-gateway")
                        .audience(service)
                        .subject(caller.subject())
                        .claim("org", caller.organization())
                        .claim("scope", caller.scope().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .build());
        try {
            jwt.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("signing key %s does not sign".formatted(key.kid()), e);
        }
        return jwt.serialize();
    }

    private record For(Caller caller, String service) {}

    private record Token(String header, Instant reuseUntil) {}
}
