package io.dispatch.eventlog;

import io.dispatch.contracts.event.Event;
import java.sql.SQLException;
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
    private static final String INVALID_PARAMETER = "22023";

    private final JdbcClient jdbc;

    CommitOutcome(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Asks until the database answers, for at most ten seconds. A transaction still in progress is asked for again: its
     * server process may not have noticed yet.
     *
     * <p>The status alone is not enough: a server that crashed before anything of the transaction reached its log gives
     * the same number out again, and then tells of the other transaction. So the event must stand where it was put.
     *
     * @param transaction what {@code pg_current_xact_id()} said
     * @param position where the transaction put the event
     * @param event one that it appended
     * @param cause why the outcome is not known
     * @throws OutcomeUnknownException if there was no answer in time, or the thread was interrupted
     */
    boolean isCommitted(String transaction, Position position, Event event, Throwable cause) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            try {
                String status = status(transaction);
                if ("committed".equals(status)) {
                    return isThere(position, event);
                }
                if ("aborted".equals(status)) {
                    return false;
                }
            } catch (DataAccessException unreachable) {
                if (isOfTheFuture(unreachable)) {
                    return false;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new OutcomeUnknownException(transaction, cause);
    }

    private @Nullable String status(String transaction) {
        return jdbc.sql("SELECT pg_xact_status(?::xid8)")
                .param(transaction)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** In a statement of its own, so that it sees what the status told of. */
    private boolean isThere(Position position, Event event) {
        return jdbc.sql("""
                        SELECT count(*) FROM event_log.event
                        WHERE partition = ? AND "offset" = ? AND source = ? AND id = ?""")
                        .param(position.partition())
                        .param(position.offset())
                        .param(event.source())
                        .param(event.id())
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** The server has crashed and not yet given the number out again: nothing of the transaction is left. */
    private static boolean isOfTheFuture(DataAccessException failure) {
        return failure.getRootCause() instanceof SQLException cause && INVALID_PARAMETER.equals(cause.getSQLState());
    }
}
