package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.Books.PartitionsLost;
import io.dispatch.functioninvoker.delivery.Leases.Acquired;
import io.dispatch.functioninvoker.delivery.Leases.Held;
import io.dispatch.functioninvoker.owner.Owner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/** Prolongs our leases and takes over what nobody holds. One thread turns it, several times within a lease. */
final class LeaseKeeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    private final Owner owner;
    private final Leases leases;
    private final Takeover takeover;
    private final Windows windows;
    private final Duration lease;

    LeaseKeeper(Owner owner, Leases leases, Takeover takeover, Windows windows, Duration lease) {
        this.owner = owner;
        this.leases = leases;
        this.takeover = takeover;
        this.windows = windows;
        this.lease = lease;
    }

    /** Prolongs what is ours, lets go of what is not, and takes what is free. */
    void turn() {
        try {
            owner.hold();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the owner's lock cannot be held", e);
        }
        renew();
        leases.addNew();
        long validUntil = validUntil();
        for (Acquired acquired : leases.acquire(lease)) {
            windows.lose(acquired.partition()); // our own that had run out: others may have been in between
            try {
                windows.add(takeover.begin(acquired, validUntil));
            } catch (PartitionsLost e) {
                continue; // somebody else was faster
            }
            log.atInfo()
                    .addKeyValue("partition", acquired.partition())
                    .addKeyValue("offset", acquired.nextOffset())
                    .addKeyValue("epoch", acquired.epoch())
                    .log("delivering a partition");
        }
    }

    private void renew() {
        List<Window> ours = windows.all();
        if (ours.isEmpty()) {
            return;
        }
        long validUntil = validUntil();
        Map<Integer, Held> held =
                leases.renew(ours.stream().map(Window::partition).toList(), lease);
        for (Window window : ours) {
            @Nullable Held still = held.get(window.partition());
            if (still == null || still.epoch() != window.epoch()) {
                windows.lose(window.partition());
                continue;
            }
            window.renewed(validUntil);
            if (window.redrives != still.redrives()) {
                takeover.findRows(window.partition());
                window.redrives = still.redrives();
            }
        }
    }

    /** Counted from before the database is asked, so never later than the database's own end of the lease. */
    private long validUntil() {
        return System.nanoTime() + lease.toNanos();
    }
}
