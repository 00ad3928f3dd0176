package io.dispatch.eventlog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Wakes a reader of the log when something was appended while it was quiet: {@code LISTEN}, in a session of its own. A signal
 * is a hint only. None comes in busy times, nor while the session is broken, so a reader looks from time to time in any case.
 * For one thread; any thread may close it.
 */
public final class AppendSignal implements AutoCloseable {

    static final String CHANNEL = "event_log";

    private final DataSource dataSource;
    private volatile @Nullable Connection session;

    /**
     * Opens nothing yet.
     *
     * @param dataSource which gives one connection for good
     */
    public AppendSignal(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Waits for a signal, which may have come since the last wait.
     *
     * @param most how long; at least a millisecond
     * @return whether there was one
     */
    public boolean await(Duration most) throws InterruptedException {
        try {
            Connection listening = session;
            if (listening == null) {
                listening = dataSource.getConnection();
                try (Statement listen = listening.createStatement()) {
                    listen.execute("LISTEN " + CHANNEL);
                } finally {
                    session = listening;
                }
            }
            return listening
                            .unwrap(PGConnection.class)
                            .getNotifications(Math.toIntExact(Math.max(1, most.toMillis())))
                            .length
                    > 0;
        } catch (SQLException broken) {
            close();
            Thread.sleep(most);
            return false;
        }
    }

    /** Ends the session; another wait begins a new one. */
    @Override
    public void close() {
        Connection old = session;
        session = null;
        if (old == null) {
            return;
        }
        try (old) {
            try (Statement unlisten = old.createStatement()) {
                unlisten.execute("UNLISTEN *");
            }
        } catch (SQLException gone) {
            // with its session, what it listened to is gone as well
        }
    }
}
