package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.Books.PartitionsLost;
import io.dispatch.functioninvoker.delivery.Leases.Acquired;
import io.dispatch.functioninvoker.delivery.Leases.Held;
import io.dispatch.functioninvoker.owner.Owner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Prolongs our leases, takes what nobody holds up to our fair share, and lets go of what is beyond it. One thread turns it, several
 * times within a lease.
 *
 * <p>A partition is let go in good order: no further call of it begins, what came of those that run is written down, and only
 * then another may have it. So nothing is called twice, unless a call takes longer than is waited for.
 */
final class LeaseKeeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int TURNS_AT_REST = 4;
    private static final int TURNS_IN_MOTION = 40;

    private final Owner owner;
    private final Leases leases;
    private final Takeover takeover;
    private final Windows windows;
    private final DeliverySettings settings;

    LeaseKeeper(Owner owner, Leases leases, Takeover takeover, Windows windows, DeliverySettings settings) {
        this.owner = owner;
        this.leases = leases;
        this.takeover = takeover;
        this.windows = windows;
        this.settings = settings;
    }

    /**
     * Prolongs what is ours, lets go of what is not to be, and takes what is free.
     *
     * @return how long the next turn may wait: not long while partitions move
     */
    Duration turn() {
        try {
            owner.hold();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the owner's lock cannot be held", e);
        }
        renew();
        leases.addNew();
        int share = leases.share(settings.lease());
        leave(share);
        acquire(share);
        boolean atRest = windows.all().size() == share && windows.open().size() == share;
        return settings.lease().dividedBy(atRest ? TURNS_AT_REST : TURNS_IN_MOTION);
    }

    private void leave(int share) {
        windows.open().stream()
                .sorted(Comparator.comparingInt(Window::partition).reversed())
                .limit(Math.max(0, windows.open().size() - share))
                .forEach(window -> {
                    windows.leave(
                            window, System.nanoTime() + settings.stopTimeout().toNanos());
                    say(window.partition(), window.offset(), window.epoch(), "leaving a partition to another");
                });
        for (Window window : windows.all()) {
            if (window.mayGo()) {
                leases.release(window.partition());
                windows.left(window.partition());
            }
        }
    }

    private void acquire(int share) {
        long validUntil = validUntil();
        for (Acquired acquired :
                leases.acquire(Math.max(0, share - windows.open().size()), settings.lease())) {
            windows.lose(acquired.partition()); // our own that had run out: others may have been in between
            try {
                windows.add(takeover.begin(acquired, validUntil));
            } catch (PartitionsLost e) {
                continue; // somebody else was faster
            }
            say(acquired.partition(), acquired.nextOffset(), acquired.epoch(), "delivering a partition");
        }
    }

    private static void say(int partition, long offset, long epoch, String what) {
        log.atInfo()
                .addKeyValue("partition", partition)
                .addKeyValue("offset", offset)
                .addKeyValue("epoch", epoch)
                .log(what);
    }

    private void renew() {
        List<Window> ours = windows.all();
        if (ours.isEmpty()) {
            return;
        }
        long validUntil = validUntil();
        Map<Integer, Held> held =
                leases.renew(ours.stream().map(Window::partition).toList(), settings.lease());
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
        return System.nanoTime() + settings.lease().toNanos();
    }
}
