package io.dispatch.apigateway.iam;

import io.dispatch.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The directory as it is now: looked after once a second, so that what one replica changes holds on all of them within
 * {@link #MAX_AGE}. Where that cannot be made sure of, nobody is let in. Safe for use by many threads.
 */
@Component
public class CurrentDirectory {

    /** A directory that was confirmed longer ago is not answered from: what was revoked must stop working within 5 s. */
    static final Duration MAX_AGE = Duration.ofSeconds(4);

    private static final Logger log = LoggerFactory.getLogger(CurrentDirectory.class);

    private static final String VERSION = "select version from api_gateway.directory_version";

    private final IdentityStore store;
    private final JdbcClient database;
    private final TransactionTemplate oneMoment;
    private final Clock clock;
    private volatile Confirmed confirmed;

    CurrentDirectory(IdentityStore store, JdbcClient database, PlatformTransactionManager transactions, Clock clock) {
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.oneMoment = new TransactionTemplate(transactions);
        oneMoment.setReadOnly(true);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.confirmed = read();
    }

    /**
     * The directory.
     *
     * @throws ApiException 503 if the database did not confirm it lately
     */
    public Directory get() {
        Confirmed latest = confirmed;
        if (latest.at().plus(MAX_AGE).isBefore(clock.instant())) {
            throw ApiException.unavailable(
                    "who may do what cannot be checked right now, as the database does not answer: try again",
                    Duration.ofSeconds(1));
        }
        return latest.directory();
    }

    /** Takes in what has changed since the last look; called after each change of our own, so that its answer is true. */
    @Scheduled(fixedDelayString = "PT1S")
    public synchronized void refresh() {
        Confirmed before = confirmed;
        Instant start = clock.instant();
        try {
            long version = database.sql(VERSION).query(Long.class).single();
            confirmed = version == before.version() ? new Confirmed(before.directory(), version, start) : read();
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("the policies could not be read, trying again");
        }
    }

    private Confirmed read() {
        Instant start = clock.instant();
        return Objects.requireNonNull(oneMoment.execute(_ -> new Confirmed(
                store.directory(), database.sql(VERSION).query(Long.class).single(), start)));
    }

    /** @param at when the database was asked; what it answered may be older than the answer, but not than this */
    private record Confirmed(Directory directory, long version, Instant at) {}
}
