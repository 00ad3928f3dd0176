package io.dispatch.eventmanager.replay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is: of all processes one makes the replays go on. It holds a lock in a session of its own, which ends with the
 * process; one that is frozen loses it half a minute later. For one thread.
 */
final class Turn implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Turn.class);
    private static final String TAKE = "SELECT pg_try_advisory_lock(hashtext('event_manager replays'))";
    private static final String LEAVE = "SELECT pg_advisory_unlock(hashtext('event_manager replays'))";
    private static final String LIMIT = "SET idle_session_timeout = '30s'";
    private static final String NO_LIMIT = "RESET idle_session_timeout";

    private final DataSource dataSource;
    private @Nullable Connection session;

    Turn(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether it is ours, at this moment; takes it if nobody has it. */
    boolean isOurs() {
        try {
            if (session != null && session.isValid(1)) {
                return true;
            }
            close();
            return take(dataSource.getConnection());
        } catch (SQLException e) {
            logger.atWarn().addKeyValue("reason", e.getMessage()).log("replays wait for the database");
            return false;
        }
    }

    private boolean take(Connection connection) throws SQLException {
        session = connection;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TAKE)) {
            row.next();
            if (row.getBoolean(1)) {
                statement.execute(LIMIT);
                return true;
            }
        }
        close();
        return false;
    }

    /** Leaves it to others. */
    @Override
    public void close() {
        Connection old = session;
        session = null;
        if (old == null) {
            return;
        }
        try (old;
                Statement statement = old.createStatement()) {
            statement.execute(LEAVE);
            statement.execute(NO_LIMIT);
        } catch (SQLException gone) {
            // with its session the lock is gone as well
        }
    }
}
