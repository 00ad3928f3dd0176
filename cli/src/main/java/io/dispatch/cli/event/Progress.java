package io.dispatch.cli.event;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** How many events were emitted: counted always, and shown on one line while a person looks; as a bar where the end is known. */
final class Progress {

    private static final long PAUSE_NANOS = 100_000_000;
    private static final int WIDTH = 30;
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private final PrintStream err;
    private final boolean shown;
    private final long total;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastShown;
    private long done;

    /**
     * Starts now.
     *
     * @param shown whether {@code err} is a terminal
     * @param total bytes of the input; 0 where nobody knows
     */
    Progress(PrintStream err, boolean shown, long total, LongSupplier nanoTime) {
        this.err = err;
        this.shown = shown;
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastShown = start;
    }

    /** @param position how many bytes of the input are behind the event that was just emitted */
    void step(long position) {
        done++;
        long now = nanoTime.getAsLong();
        if (shown && now - lastShown >= PAUSE_NANOS) {
            lastShown = now;
            err.print("\r%s %d events emitted, %.0f a second\033[K"
                    .formatted(total > 0 ? bar(position) : spinner(now), done, done / ((now - start) / 1e9)));
            err.flush();
        }
    }

    private String bar(long position) {
        double part = Math.clamp((double) position / total, 0, 1);
        int full = (int) (part * WIDTH);
        return "█".repeat(full) + "░".repeat(WIDTH - full) + " %3.0f %%".formatted(part * 100);
    }

    private String spinner(long now) {
        int turn = (int) ((now - start) / PAUSE_NANOS % SPINNER.length());
        return SPINNER.substring(turn, turn + 1);
    }

    /** Clears the line. */
    void finish() {
        if (lastShown != start) {
            err.print("\r\033[K");
            err.flush();
        }
    }

    long done() {
        return done;
    }
}
