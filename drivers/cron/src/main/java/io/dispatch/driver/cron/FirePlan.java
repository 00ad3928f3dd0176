package io.dispatch.driver.cron;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Says which fires of one schedule are due: turned by hand, it has no clock of its own. Not thread-safe. */
final class FirePlan {

    /** A fire that comes later than this is missed, not late: the machine slept or its clock was set. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** Missed fires are counted this far; a schedule of seconds would take minutes to count over a year. */
    static final int COUNTED = 1000;

    /**
     * How missed fires are made up for.
     *
     * @param jitter each fire is put off by a random time shorter than this
     * @param maxCount at most so many are made up for, the newest
     * @param maxAge and none that is older
     */
    record Rules(Misfire misfire, Overlap overlap, Duration jitter, int maxCount, Duration maxAge) {}

    /**
     * What is due now.
     *
     * @param fires oldest first; may be empty
     * @param missed how many fires were left out since the last one that was not
     * @param next when to ask again; {@link Instant#MAX} if there are no more
     */
    record Due(List<Instant> fires, int missed, Instant next) {}

    private final Schedule schedule;
    private final Rules rules;
    private final RandomGenerator random;
    private Instant done;
    private boolean running;
    private int missed;
    private @Nullable Instant planned;
    private Instant plannedAt = Instant.MIN;

    /** @param done every fire up to here is dealt with: the checkpoint, or the start of a driver that has none */
    FirePlan(Schedule schedule, Rules rules, RandomGenerator random, Instant done) {
        this.schedule = schedule;
        this.rules = rules;
        this.random = random;
        this.done = done;
    }

    /**
     * What is due now; the next call takes it as dealt with.
     *
     * @param freeSince when the last fire was acknowledged
     */
    Due due(Instant now, Instant freeSince) {
        List<Instant> fires = new ArrayList<>();
        if (!running) {
            fires.addAll(makeUp(rules.misfire(), now));
            running = true;
        }
        switch (rules.overlap()) {
            case ALLOW -> {}
            case SKIP -> fires.addAll(makeUp(Misfire.SKIP, freeSince));
            case QUEUE -> fires.addAll(makeUp(Misfire.CATCH_UP, freeSince));
        }
        fires.addAll(makeUp(rules.misfire(), now.minus(GRACE).minus(rules.jitter())));
        while (plan() && !plannedAt.isAfter(now)) {
            done = planned();
            fires.add(done);
        }
        int left = missed;
        missed = fires.isEmpty() ? missed : 0;
        return new Due(fires, left, planned == null ? Instant.MAX : plannedAt);
    }

    /** Deals with everything up to {@code until} and gives what of it shall still fire. */
    private List<Instant> makeUp(Misfire misfire, Instant until) {
        Optional<Instant> last = schedule.last(done, until);
        if (last.isEmpty()) {
            return List.of();
        }
        List<Instant> fires = switch (misfire) {
            case SKIP -> List.of();
            case FIRE_ONCE -> List.of(last.get());
            case CATCH_UP -> newest(until);
        };
        missed += count(done, until) - fires.size();
        done = last.get();
        return fires;
    }

    private List<Instant> newest(Instant until) {
        ArrayDeque<Instant> newest = new ArrayDeque<>();
        Instant from = schedule.last(done, until.minus(rules.maxAge())).orElse(done);
        Optional<Instant> fire = schedule.next(from);
        while (fire.isPresent() && !fire.get().isAfter(until)) {
            newest.add(fire.get());
            if (newest.size() > rules.maxCount()) {
                newest.remove();
            }
            fire = schedule.next(fire.get());
        }
        return List.copyOf(newest);
    }

    private int count(Instant from, Instant until) {
        int count = 0;
        Optional<Instant> fire = schedule.next(from);
        while (count < COUNTED && fire.isPresent() && !fire.get().isAfter(until)) {
            count++;
            fire = schedule.next(fire.get());
        }
        return count;
    }

    /** Plans the next fire unless one is planned that is not dealt with; false when there are no more. */
    private boolean plan() {
        if (planned == null || !planned.isAfter(done)) {
            planned = schedule.next(done).orElse(null);
            if (planned != null) {
                plannedAt = planned.plusNanos(
                        rules.jitter().isZero()
                                ? 0
                                : random.nextLong(rules.jitter().toNanos()));
            }
        }
        return planned != null;
    }

    private Instant planned() {
        if (planned == null) {
            throw new IllegalStateException("nothing is planned");
        }
        return planned;
    }
}
