package io.dispatch.functioninvoker.owner;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A number that this process signs its work with, and a database session that holds the advisory lock of that number. When the
 * process is killed its sessions end with it, so whoever can take the lock knows at once that the owner is gone, and need not
 * wait for a lease to run out. An owner that is cut off from the database while it lives is fenced by its leases' epochs.
 *
 * <p>SQL asks {@code pg_try_advisory_xact_lock(owner)}. Safe for any thread.
 */
public final class Owner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Owner.class);
    private static final int VALID_SECONDS = 2;

    private final DataSource dataSource;
    private final long number;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection session;

    /** @param random makes the number, which no other living owner may have */
    public Owner(DataSource dataSource, RandomGenerator random) {
        this.dataSource = dataSource;
        this.number = random.nextLong(Long.MAX_VALUE);
    }

    /** 0 or more. */
    public long number() {
        return number;
    }

    /**
     * Makes sure that the lock is held; to be called before the number is used, and again and again.
     *
     * @throws SQLException if the database cannot be reached
     */
    public void hold() throws SQLException {
        lock.lock();
        try {
            if (session != null && session.isValid(VALID_SECONDS)) {
                return;
            }
            close();
            Connection fresh = dataSource.getConnection();
            try (PreparedStatement take = fresh.prepareStatement("select pg_advisory_lock(?)")) {
                take.setLong(1, number);
                take.execute();
                session = fresh;
            } finally {
                if (session == null) {
                    fresh.close();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the lock go. */
    @Override
    public void close() {
        lock.lock();
        try (Connection old = session) {
            session = null;
            if (old != null && old.isValid(VALID_SECONDS)) {
                try (PreparedStatement release = old.prepareStatement("select pg_advisory_unlock_all()")) {
                    release.execute();
                }
            }
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("the owner's session was gone already");
        } finally {
            lock.unlock();
        }
    }
}
