package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says when calls of a lane may begin: none while it is paused, no more in a second than its rate, and while its function
 * fails everything only a probe now and then.
 *
 * <p>A function fails everything when {@value #TOO_MANY} answers in a row were failures that speak of it, and not all of one
 * delivery, which might itself be the cause. Whatever else a function answers opens the gate again, also that an event is
 * not to its liking. For one thread at a time.
 */
final class Gate {

    static final int TOO_MANY = 20;

    private static final Backoff BETWEEN_PROBES = Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(30));
    /** So many parts of a second may be made up for when nobody looked for a while. */
    private static final int BURSTS_PER_SECOND = 100;

    private int failures;
    private @Nullable Position firstFailed;
    private boolean severalFailed;
    private int probes;
    private boolean probing;
    private @Nullable Instant closedSince;
    private Instant nextProbe = Instant.MIN;
    private double permits = 1;
    private Instant refilled = Instant.MIN;

    /** How many calls may begin now. */
    int allowance(Terms terms, Instant now) {
        return switch (terms.state()) {
            case DELETED -> Integer.MAX_VALUE; // what is owed ends without a call
            case PAUSED -> 0;
            case ACTIVE -> {
                if (closedSince != null && (probing || nextProbe.isAfter(now))) {
                    yield 0;
                }
                int paced = terms.rate() == 0 ? Integer.MAX_VALUE : (int) refill(terms.rate(), now);
                yield closedSince == null ? paced : Math.min(paced, 1);
            }
        };
    }

    /**
     * A call begins, of which {@link #allowance} has told that it may.
     *
     * @return whether it is a probe: {@link #ended} or {@link #abandoned} must follow
     */
    boolean begin(Terms terms) {
        if (terms.rate() != 0) {
            permits--;
        }
        probing = closedSince != null && terms.state() == State.ACTIVE;
        return probing;
    }

    /** A probe came to nothing, as its partition was lost or its subscription is not active any more. */
    void abandoned() {
        probing = false;
    }

    /**
     * A call has ended.
     *
     * @param probe whether it was one
     * @return whether this closed or opened the gate
     */
    boolean ended(Position event, boolean probe, CallResult result, Terms terms, Instant now) {
        if (probe) {
            probing = false;
        }
        if (!(result instanceof Failed failed) || terms.policy().speaksOfEvent(failed)) {
            return open();
        }
        if (closedSince != null) {
            if (probe) {
                probes++;
                wait(failed, terms, now);
            }
            return false;
        }
        failures++;
        severalFailed |= firstFailed != null && !firstFailed.equals(event);
        firstFailed = firstFailed == null ? event : firstFailed;
        if (failures < TOO_MANY || !severalFailed) {
            return false;
        }
        closedSince = now;
        probes = 1;
        wait(failed, terms, now);
        return true;
    }

    /** Since when the function fails everything; null while it does not. */
    @Nullable
    Instant closedSince() {
        return closedSince;
    }

    /** When calls may begin that may not now; null if it is not time that opens the gate. */
    @Nullable
    Instant opensAt(Terms terms, Instant now) {
        if (terms.state() != State.ACTIVE || allowance(terms, now) > 0 || probing) {
            return null;
        }
        Instant paced = terms.rate() == 0
                ? now
                : refilled.plusNanos((long) Math.ceil((1 - permits) * 1_000_000_000 / terms.rate()));
        return closedSince != null && nextProbe.isAfter(paced) ? nextProbe : paced;
    }

    private boolean open() {
        boolean news = closedSince != null;
        failures = 0;
        firstFailed = null;
        severalFailed = false;
        closedSince = null;
        return news;
    }

    private void wait(Failed failed, Terms terms, Instant now) {
        nextProbe = now.plus(terms.policy().longest(BETWEEN_PROBES.after(probes), failed));
    }

    private double refill(int rate, Instant now) {
        if (refilled.equals(Instant.MIN)) {
            refilled = now;
        } else if (now.isAfter(refilled)) {
            double passed = Duration.between(refilled, now).toNanos() / 1e9;
            permits = Math.min(Math.max(1, rate / BURSTS_PER_SECOND), permits + passed * rate);
            refilled = now;
        }
        return permits;
    }
}
