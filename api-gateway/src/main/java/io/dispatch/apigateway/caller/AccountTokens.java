package io.dispatch.apigateway.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import io.dispatch.apigateway.iam.CurrentDirectory;
import io.dispatch.apigateway.iam.Identity;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the tokens that service accounts and the bootstrap user sign (contract section 10.2): a JWT (RFC 7519) by RS256,
 * RS384 or RS512 whose {@code iss} says who signed it. A token that was verified once is not verified again while its
 * account has the same key. Safe for use by many threads.
 */
@Component
class AccountTokens {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);
    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** How far a client's clock may run ahead of ours. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private final CurrentDirectory directory;
    private final BootstrapKey bootstrap;
    private final Duration maxLifetime;
    private final Clock clock;
    private final Cache<String, Verified> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    AccountTokens(CurrentDirectory directory, BootstrapKey bootstrap, CallerSettings settings, Clock clock) {
        this.directory = directory;
        this.bootstrap = bootstrap;
        this.maxLifetime = settings.maxTokenLifetime();
        this.clock = clock;
    }

    /**
     * Who signed a token.
     *
     * @param token in its compact form
     * @throws Unauthenticated if nobody whom we know did, or it is not good now
     */
    Identity identity(String token) throws Unauthenticated {
        Verified verified = remembered.getIfPresent(token);
        if (verified == null) {
            verified = verify(token);
            remembered.put(token, verified);
        } else if (!key(verified.identity()).equals(Optional.of(verified.key()))) {
            throw new Unauthenticated("the account that signed the token is gone or has another key");
        }
        if (!clock.instant().isBefore(verified.expires())) {
            throw new Unauthenticated("the token expired at %s".formatted(verified.expires()));
        }
        return verified.identity();
    }

    /** Whether a token was verified before; whether it is still good has to be asked. */
    boolean isRemembered(String token) {
        return remembered.getIfPresent(token) != null;
    }

    private Verified verify(String token) throws Unauthenticated {
        try {
            JWSObject jws = JWSObject.parse(token);
            if (!ALGORITHMS.contains(jws.getHeader().getAlgorithm())) {
                throw new Unauthenticated("alg of the token must be RS256, RS384 or RS512, but was %s"
                        .formatted(jws.getHeader().getAlgorithm()));
            }
            Map<String, Object> claims = jws.getPayload().toJSONObject();
            if (claims == null) {
                throw new Unauthenticated("the token's payload must be a JSON object");
            }
            Identity identity = issuer(claims.get("iss"));
            RSAPublicKey key = key(identity)
                    .orElseThrow(() -> new Unauthenticated("iss of the token names no account that we know"));
            if (!jws.verify(new RSASSAVerifier(key))) {
                throw new Unauthenticated("the token's signature is not its issuer's");
            }
            return new Verified(identity, key, expires(claims));
        } catch (ParseException | JOSEException e) {
            throw new Unauthenticated("the token must be a signed JWT");
        }
    }

    private Identity issuer(@Nullable Object iss) throws Unauthenticated {
        if (!(iss instanceof String issuer)) {
            throw new Unauthenticated("iss of the token is required");
        }
        if (bootstrap.of(issuer).isPresent()) {
            return new Identity.BootstrapUser(issuer);
        }
        String[] parts = issuer.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new Unauthenticated("iss of the token must be organization/account");
        }
        return new Identity.Account(parts[0], parts[1]);
    }

    private Optional<RSAPublicKey> key(Identity identity) {
        return switch (identity) {
            case Identity.Account account -> directory.get().key(account);
            case Identity.BootstrapUser user -> bootstrap.of(user.name());
            case Identity.Driver _, Identity.LocalUser _ -> Optional.empty();
        };
    }

    /** Times that are no numbers are ignored, as in the original; but {@code exp} must be one. */
    private Instant expires(Map<String, Object> claims) throws Unauthenticated {
        Instant now = clock.instant();
        Instant latest = now.plus(SKEW);
        Instant issued = seconds(claims.get("iat"));
        Instant notBefore = seconds(claims.get("nbf"));
        Instant expires = seconds(claims.get("exp"));
        if (expires == null) {
            throw new Unauthenticated("exp of the token is required, as a number of seconds since 1970");
        }
        if (issued != null && issued.isAfter(latest)) {
            throw new Unauthenticated("iat of the token lies in the future: %s".formatted(issued));
        }
        if (notBefore != null && notBefore.isAfter(latest)) {
            throw new Unauthenticated("the token is not valid before %s".formatted(notBefore));
        }
        if (Duration.between(issued == null ? now : issued, expires).compareTo(maxLifetime) > 0) {
            throw new Unauthenticated("the token must not be valid for longer than %s, but expires at %s"
                    .formatted(maxLifetime, expires));
        }
        return expires;
    }

    private static @Nullable Instant seconds(@Nullable Object claim) {
        if (!(claim instanceof Number number)) {
            return null;
        }
        long bounded = Math.clamp(number.longValue(), Instant.EPOCH.getEpochSecond(), Instant.MAX.getEpochSecond());
        return Instant.ofEpochSecond(bounded);
    }

    private record Verified(Identity identity, RSAPublicKey key, Instant expires) {}
}
