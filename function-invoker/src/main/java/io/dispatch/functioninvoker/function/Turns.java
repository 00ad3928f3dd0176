package io.dispatch.functioninvoker.function;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose turn it is to call a program. A command takes any number of calls at a time and is not waited for; a source takes one
 * at a time, in the order of asking, and gets the time to start. Safe for any thread.
 */
final class Turns {

    /** How long a call waits for a program that is about to listen. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Programs programs;

    Turns(Programs programs) {
        this.programs = programs;
    }

    /**
     * Waits until the program of a function takes a call.
     *
     * @return closed also when the thread is interrupted, which is kept
     */
    Turn take(UUID function) {
        try {
            Kept found = programs.find(function);
            while (found != null && found.program() != null) {
                if (found.token() == null) {
                    return Turn.Open.at(found.address());
                }
                Optional<Turn> turn = take(function, found);
                if (turn.isPresent()) {
                    return turn.get();
                }
                found = programs.find(function);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Turn.Closed("interrupted while waiting for the function's turn");
        }
        return new Turn.Closed(programs.reason(function).orElse("its program is not started yet"));
    }

    /** Waits for a turn with this program; empty if another has taken its place by then. */
    private Optional<Turn> take(UUID function, Kept asked) throws InterruptedException {
        asked.turn().acquire();
        boolean open = false;
        try {
            Optional<String> reason = awaitReady(function);
            if (!asked.equals(programs.find(function))) {
                return Optional.empty();
            }
            if (reason.isPresent()) {
                return Optional.of(new Turn.Closed(reason.get()));
            }
            open = true;
            return Optional.of(new Turn.Open(
                    asked.address(),
                    asked.token(),
                    () -> programs.restart(function, asked),
                    () -> asked.turn().release()));
        } finally {
            if (!open) {
                asked.turn().release();
            }
        }
    }

    private Optional<String> awaitReady(UUID function) throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        Optional<String> reason = programs.reason(function);
        while (reason.isPresent() && programs.isAboutToListen(function) && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK_EVERY);
            reason = programs.reason(function);
        }
        return reason;
    }
}
