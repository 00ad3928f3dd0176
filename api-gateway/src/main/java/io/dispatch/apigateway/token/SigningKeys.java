package io.dispatch.apigateway.token;

import com.google.crypto.tink.subtle.Ed25519Sign;
import io.dispatch.vault.Vault;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The Ed25519 keys that all replicas of the gateway share. A new one is made every {@link #ROTATION}; it is published at
 * once and signs {@link #SETTLING} later, so that every service has had the time to see it, and the one before stays valid.
 * Safe for use by many threads.
 */
@Component
class SigningKeys {

    /** How long a key signs before the next one is made. */
    static final Duration ROTATION = Duration.ofDays(7);

    /** How long a key is published before it signs, if there is another one. */
    static final Duration SETTLING = Duration.ofMinutes(2);

    private static final Duration LIFETIME = ROTATION.plus(Duration.ofDays(1));
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    /** One replica at a time decides whether a key is missing. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('api_gateway.signing_key'))";

    private static final String FORGET_OLD = "delete from gateway_keys.public_key where not_after <= ?";

    private static final String KEYS = """
            select kid, public_key, private_key, created_at
              from api_gateway.signing_key
              join gateway_keys.public_key using (kid)
             order by created_at desc
            """;

    private static final String PUBLISH =
            "insert into gateway_keys.public_key (kid, public_key, not_after) values (?, ?, ?)";

    private static final String KEEP =
            "insert into api_gateway.signing_key (kid, private_key, created_at) values (?, ?, ?)";

    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final Vault vault;
    private final Clock clock;
    private volatile List<SigningKey> newestFirst = List.of();

    SigningKeys(JdbcClient database, TransactionTemplate transactions, Vault vault, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
        renew();
    }

    /** The key to sign with now: the newest that every service knows. */
    SigningKey current() {
        List<SigningKey> keys = newestFirst;
        Instant settled = clock.instant().minus(SETTLING);
        return keys.stream()
                .filter(key -> key.createdAt().isBefore(settled))
                .findFirst()
                .orElseGet(keys::getLast);
    }

    /** Reads the keys again, makes one if the newest is old, and forgets those that sign nothing any more. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    final void renew() {
        newestFirst = transactions.execute(_ -> {
            Instant now = clock.instant();
            database.sql(LOCK).query((_, _) -> true).list();
            database.sql(FORGET_OLD).param(now.atOffset(ZoneOffset.UTC)).update();
            List<SigningKey> keys = new ArrayList<>(read());
            if (keys.isEmpty() || keys.getFirst().createdAt().isBefore(now.minus(ROTATION))) {
                keys.addFirst(make(now));
            }
            return List.copyOf(keys);
        });
    }

    private List<SigningKey> read() {
        return database
                .sql(KEYS)
                .query((row, _) -> open(
                        row.getString("kid"),
                        row.getBytes("public_key"),
                        row.getBytes("private_key"),
                        row.getTimestamp("created_at").toInstant()))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** A key sealed with a vault key that is gone cannot be used, and need not be: another one is made. */
    private List<SigningKey> open(String kid, byte[] publicKey, byte[] sealed, Instant createdAt) {
        try {
            return List.of(SigningKey.of(kid, publicKey, vault.decrypt("", name(kid), sealed), createdAt));
        } catch (GeneralSecurityException e) {
            log.atWarn().addKeyValue("kid", kid).log("a signing key was sealed with another vault key and is not used");
            return List.of();
        }
    }

    private SigningKey make(Instant now) {
        try {
            Ed25519Sign.KeyPair pair = Ed25519Sign.KeyPair.newKeyPair();
            String kid = UUID.randomUUID().toString();
            database.sql(PUBLISH)
                    .params(kid, pair.getPublicKey(), now.plus(LIFETIME).atOffset(ZoneOffset.UTC))
                    .update();
            database.sql(KEEP)
                    .params(kid, vault.encrypt("", name(kid), pair.getPrivateKey()), now.atOffset(ZoneOffset.UTC))
                    .update();
            log.atInfo().addKeyValue("kid", kid).log("made a new signing key");
            return SigningKey.of(kid, pair.getPublicKey(), pair.getPrivateKey(), now);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot make Ed25519 keys", e);
        }
    }

    private static String name(String kid) {
        return "gateway signing key " + kid;
    }
}
