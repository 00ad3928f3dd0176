package io.dispatch.eventlog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Wakes a reader of what another service writes when there is news: {@code LISTEN}, in a session of its own. A signal is a hint
 * only. None comes while the session is broken, so a reader looks from time to time in any case. For one thread; any thread may
 * close it.
 */
public final class Signal implements AutoCloseable {

    /** The channel of appends to the log. */
    public static final String EVENT_LOG = "event_log";

    /** The channel of events that functions answered with. */
    public static final String REPLY = "reply";

    private final DataSource dataSource;
    private final String channel;
    private volatile @Nullable Connection session;

    /**
     * Opens nothing yet.
     *
     * @param dataSource which gives one connection for good
     * @param channel one of this class
     */
    public Signal(DataSource dataSource, String channel) {
        this.dataSource = dataSource;
        this.channel = channel;
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
                    listen.execute("LISTEN " + channel);
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
