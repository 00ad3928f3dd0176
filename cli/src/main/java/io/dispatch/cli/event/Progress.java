package io.dispatch.cli.event;

import java.io.PrintStream;

/** How many events were emitted: counted always, and shown on one line while a person looks. */
final class Progress {

    private static final long PAUSE_NANOS = 100_000_000;
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private final PrintStream err;
    private final boolean shown;
    private final long start = System.nanoTime();
    private long lastShown = start;
    private long done;

    /** @param shown whether {@code err} is a terminal */
    Progress(PrintStream err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    void step() {
        done++;
        long now = System.nanoTime();
        if (shown && now - lastShown >= PAUSE_NANOS) {
            lastShown = now;
            double seconds = (now - start) / 1e9;
            err.print("\r%c %d events emitted, %.0f a second "
                    .formatted(
                            SPINNER.charAt((int) ((now - start) / PAUSE_NANOS % SPINNER.length())),
                            done,
                            done / seconds));
            err.flush();
        }
    }

    /** Clears the line. */
    void finish() {
        if (shown && lastShown != start) {
            err.print("\r\033[K");
            err.flush();
        }
    }

    long done() {
        return done;
    }
}
