package io.dispatch.apigateway.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dispatch.apigateway.iam.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The drivers' tokens, whose hashes driver-manager publishes. What was found, or not, holds for {@link #MAX_AGE}, so that a
 * deleted driver is refused within 5 s. Safe for use by many threads.
 */
@Component
class DriverCredentials {

    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final int MAX_REMEMBERED = 10_000;
    private static final Pattern TOKEN = Pattern.compile("dt_[A-Za-z0-9_-]{43}");

    private static final String DRIVER = """
            select driver_id, organization, name
              from driver_credentials.driver
             where credential_hash = :hash or previous_hash = :hash
            """;

    private final JdbcClient database;
    private final Cache<String, Optional<Identity.Driver>> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MAX_AGE)
            .build();

    DriverCredentials(JdbcClient database) {
        this.database = database;
    }

    /** Whether a credential has the form of a driver's token. */
    static boolean isToken(String credential) {
        return TOKEN.matcher(credential).matches();
    }

    /**
     * Whose token this is.
     *
     * @return empty if it is no driver's token, or not any more
     * @throws org.springframework.dao.DataAccessException if the database cannot be asked
     */
    Optional<Identity.Driver> driver(String token) {
        if (!isToken(token)) {
            return Optional.empty();
        }
        return remembered.get(token, this::find);
    }

    /** Whether it is known at this moment whose token this is, if anybody's. */
    boolean isRemembered(String token) {
        return remembered.getIfPresent(token) != null;
    }

    private Optional<Identity.Driver> find(String token) {
        return database.sql(DRIVER)
                .param("hash", sha256(token))
                .query((row, _) -> new Identity.Driver(
                        row.getObject("driver_id", UUID.class), row.getString("organization"), row.getString("name")))
                .optional();
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
