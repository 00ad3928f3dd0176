package io.dispatch.eventmanager.reply;

import io.dispatch.eventlog.OutcomeUnknownException;
import io.dispatch.eventmanager.event.TakenEvents;
import io.dispatch.eventmanager.log.EventRetention;
import io.dispatch.eventmanager.reply.Outbox.RunKey;
import io.dispatch.eventmanager.reply.Outbox.Taking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Takes events that functions answered with into the log, each once. One thread turns it; other replicas may do the same. */
@Component
class Replies {
    private static final Logger log = LoggerFactory.getLogger(Replies.class);
    private static final int MOST = 512;

    private final Outbox outbox;
    private final TakenEvents events;
    private final EventRetention retention;

    /** Halved where something among them is refused, until it is alone, and doubled again when all goes well. */
    private int most = MOST;

    Replies(Outbox outbox, TakenEvents events, EventRetention retention) {
        this.outbox = outbox;
        this.events = events;
        this.retention = retention;
    }

    /**
     * Takes some. While the log is full they wait where they are.
     *
     * @return whether there may be more
     * @throws DataAccessException if the database is away: nothing was taken
     * @throws OutcomeUnknownException if it is not known whether something was; what was not is still there
     */
    boolean turn() {
        if (retention.isFull()) {
            return false;
        }
        var taking = new Taking(most);
        try {
            int taken = events.accept(taking);
            most = Math.min(MOST, 2 * most);
            return taken > 0 && taking.isFull();
        } catch (DataIntegrityViolationException refused) {
            divide(taking, refused);
        } catch (DataAccessException | OutcomeUnknownException away) {
            throw away;
        } catch (RuntimeException unreadable) {
            divide(taking, unreadable);
        }
        return true;
    }

    /** One that cannot be accepted must not hold up the others. */
    private void divide(Taking taking, RuntimeException reason) {
        if (taking.keys().isEmpty()) {
            throw reason;
        }
        if (taking.keys().size() > 1) {
            most = Math.max(1, taking.keys().size() / 2);
            return;
        }
        for (RunKey key : taking.keys()) {
            outbox.refuse(key, String.valueOf(reason.getMessage()));
            log.atError()
                    .addKeyValue("partition", key.partition())
                    .addKeyValue("offset", key.offset())
                    .addKeyValue("subscription", key.subscription())
                    .addKeyValue("attempt", key.attempt())
                    .setCause(reason)
                    .log("an event that a function answered with cannot be accepted, and stays where it is");
        }
    }
}
