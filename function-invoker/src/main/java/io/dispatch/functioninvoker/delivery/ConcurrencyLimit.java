package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.call.CallResult;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How many calls of a lane may run at once where its subscription does not say: as many as pay.
 *
 * <p>It goes round by round. While more deliveries wait than may run, it tries half as many again. A function that still answers in
 * its time then works that much faster, and more is tried; one that takes the longer the more it has at once (as it waits for a
 * processor, a lock, or a turn) is given no more than before, and is tried again ever more rarely. The time it is held against is
 * the one it takes with the normal number of calls, measured afresh now and then, so neither a slow start nor a change of the function
 * misleads for long. A function of which one answer in five is a failure is given half. For one thread at a time.
 *
 * <p>Times are those of {@link System#nanoTime()}.
 */
final class ConcurrencyLimit {

    /** The fewest calls at once that failures bring it down to, unless the normal number is smaller. */
    static final int LEAST = 4;

    private static final double STEP = 1.5;
    private static final double MOST_FAILURES = 0.2;

    /** Each call must do at least so much of what it does at the normal number, for more to be tried. */
    private static final double PAYS = 0.75;

    /** If each does less, the last step was one too many; a step that brings nothing leaves each two thirds. */
    private static final double PAYS_NOT = 0.7;

    /** What the answers of all calls beyond the normal number may take in memory, in characters, if all come at once. */
    private static final int MOST_ANSWERED = 16 << 20;

    private static final Duration SHORTEST_ROUND = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int FIRST_REST = 8;
    private static final int LONGEST_REST = 64;
    private static final int MEASURED_FOR = 128;

    private final int normal;
    private final int most;
    private final Semaphore spare;

    private int limit;
    private boolean measuring;
    private int measuredFor;
    private double normalTime;
    private boolean tried;
    private int rest;
    private int nextRest = FIRST_REST;

    private long lastEnded;
    private long roundBegan;
    private int calls;
    private int failures;
    private long time;
    private long answered;
    private int highest;
    private boolean scarce;

    /**
     * @param normal how many it begins with, and has without being asked for; 1 or more
     * @param most that it ever gives, not below {@code normal}
     * @param spare calls that all lanes may have beyond their normal number; shared, and safe for any thread
     * @param now the present
     */
    ConcurrencyLimit(int normal, int most, Semaphore spare, long now) {
        this.normal = normal;
        this.most = most;
        this.spare = spare;
        this.limit = normal;
        this.roundBegan = now;
        this.lastEnded = now;
    }

    /** How many calls may run at once where nothing is said, 1 or more. */
    int current() {
        return measuring ? normal : limit;
    }

    /** How many calls may run at once, 1 or more: what the subscription says holds. */
    int of(Terms terms) {
        Integer said = terms.concurrency();
        return said == null ? current() : said;
    }

    /**
     * An attempt has ended; one of a lane whose terms say a number, or that made no call, teaches nothing.
     *
     * @param result what came of the call, or null where none was made
     * @return whether more may run now than before
     */
    boolean ended(@Nullable CallResult result, Terms terms, long began, long now, int running, boolean wanted) {
        if (result == null || terms.concurrency() != null) {
            return false;
        }
        int before = current();
        String output = result.output();
        boolean failed = terms.policy().speaksOfFunction(result);
        ended(began, now, failed, output == null ? 0 : output.length(), running, wanted);
        return current() > before;
    }

    /**
     * A call has ended.
     *
     * @param began when it began
     * @param failed whether it failed in a way that speaks of the function
     * @param size of its answer, in characters
     * @param running how many calls ran, with this one
     * @param wanted whether more deliveries are due than run
     */
    void ended(long began, long now, boolean failed, int size, int running, boolean wanted) {
        lastEnded = now;
        highest = Math.max(highest, running);
        scarce |= wanted && running >= current();
        if (began - roundBegan < 0) {
            return; // it ran beside the calls of another round
        }
        calls++;
        answered += size;
        if (failed) {
            failures++;
        } else {
            time += now - began;
        }
        if (calls >= current() && now - roundBegan >= SHORTEST_ROUND.toNanos()) {
            decide();
            roundBegan = now;
            calls = 0;
            failures = 0;
            time = 0;
            answered = 0;
            highest = 0;
            scarce = false;
        }
    }

    /** Nothing runs: after a while all that was learned is forgotten, and others may have what is spare. */
    void idle(long now) {
        if (limit != normal && now - lastEnded > IDLE.toNanos()) {
            measuring = false;
            nextRest = FIRST_REST;
            set(normal);
        }
    }

    private void decide() {
        rest = Math.max(0, rest - 1);
        int room = Math.clamp(MOST_ANSWERED / Math.max(1, answered / calls), normal, most);
        if (failures > MOST_FAILURES * calls) {
            measuring = false;
            back(Math.max(Math.min(LEAST, normal), limit / 2));
        } else if (limit < normal) {
            tryMore(normal);
        } else if (limit > room) {
            back(room);
        } else if (measuring || limit == normal) {
            measuring = false;
            measuredFor = MEASURED_FOR;
            normalTime = meanTime();
            if (limit == normal) {
                tryMore(room);
            }
        } else if (!scarce) {
            if (highest < limit / 2) {
                set(Math.max(normal, less()));
            }
        } else {
            compare(room);
        }
    }

    private void compare(int room) {
        double work = normalTime / meanTime();
        if (work < PAYS_NOT) {
            back(Math.max(normal, less()));
            return;
        }
        if (tried && work >= PAYS) {
            nextRest = FIRST_REST;
        }
        tried = false;
        measuring = --measuredFor <= 0;
        if (!measuring && work >= PAYS) {
            tryMore(room);
        }
    }

    private void tryMore(int upTo) {
        if (scarce && rest == 0) {
            tried = set(Math.min(upTo, (int) Math.ceil(limit * STEP)));
        }
    }

    private void back(int to) {
        tried = false;
        rest = nextRest;
        nextRest = Math.min(LONGEST_REST, nextRest * 2);
        set(to);
    }

    private int less() {
        return (int) (limit / STEP);
    }

    private double meanTime() {
        return Math.max(1, (double) time / Math.max(1, calls - failures));
    }

    /** Returns false where too little is spare. */
    private boolean set(int to) {
        int more = Math.max(to, normal) - Math.max(limit, normal);
        if (more > 0 && !spare.tryAcquire(more)) {
            return false;
        }
        spare.release(Math.max(0, -more));
        limit = to;
        return true;
    }
}
