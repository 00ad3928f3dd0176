package io.dispatch.eventlog;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds out whether a transaction was committed whose connection broke during the commit. */
final class CommitOutcome {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final JdbcClient jdbc;

    CommitOutcome(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Asks until the database answers, for at most ten seconds. A transaction still in progress is asked for again: its
     * server process may not have noticed yet.
     *
     * @param transaction what {@code pg_current_xact_id()} said
     * @param cause why the outcome is not known
     * @throws OutcomeUnknownException if there was no answer in time, or the thread was interrupted
     */
    boolean isCommitted(String transaction, Throwable cause) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            String status = status(transaction);
            if ("committed".equals(status)) {
                return true;
            }
            if ("aborted".equals(status)) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new OutcomeUnknownException(transaction, cause);
    }

    private @Nullable String status(String transaction) {
        try {
            return jdbc.sql("SELECT pg_xact_status(?::xid8)")
                    .param(transaction)
                    .query(String.class)
                    .optional()
                    .orElse(null);
        } catch (DataAccessException unreachable) {
            return null;
        }
    }
}
