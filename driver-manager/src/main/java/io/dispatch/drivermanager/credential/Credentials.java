package io.dispatch.drivermanager.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tokens of drivers: {@code dt_} and 256 random bits; the table {@code driver_credentials.driver} has only their hashes. */
@Component
public class Credentials {

    private static final String PREFIX = "dt_";
    private static final int RANDOM_BYTES = 32;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    Credentials(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Gives a driver a new token. The one before stays valid until the next, so that a process that is being replaced can end
     * in order.
     *
     * @return empty when the driver is gone or going
     */
    public Optional<String> issue(UUID driver) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // The row lock: a driver that is being deleted at this moment gets none.
        int rows =
                jdbc.sql("""
                        insert into driver_credentials.driver as known
                               (driver_id, organization, name, credential_hash, generation)
                        select id, organization, name, :hash, 1
                          from driver_manager.driver
                         where id = :driver and not deleting
                           for share
                        on conflict (driver_id) do update
                           set previous_hash = known.credential_hash,
                               credential_hash = excluded.credential_hash,
                               generation = known.generation + 1""").param("driver", driver).param("hash", hash(token)).update();
        return rows == 0 ? Optional.empty() : Optional.of(token);
    }

    /** Makes every token of a driver worthless; part of the caller's transaction. */
    public void revoke(UUID driver) {
        jdbc.sql("delete from driver_credentials.driver where driver_id = :driver")
                .param("driver", driver)
                .update();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
