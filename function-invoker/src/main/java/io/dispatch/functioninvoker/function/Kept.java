package io.dispatch.functioninvoker.function;

import io.dispatch.workloads.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for a function that is a program.
 *
 * @param port that the program is told to listen on; 0 if it cannot be run
 * @param token that a source's calls must carry, else null
 * @param program null if it cannot be run
 * @param reason why it cannot, else null
 * @param turn held by the one call that a source's program takes at a time
 */
record Kept(
        int port,
        @Nullable String token,
        @Nullable Program program,
        @Nullable String reason,
        Semaphore turn) {

    private static final int PROBE_MILLIS = 200;

    static Kept none(String reason) {
        return new Kept(0, null, null, reason, new Semaphore(1, true));
    }

    static Kept command(int port, Program program) {
        return new Kept(port, null, program, null, new Semaphore(1, true));
    }

    static Kept source(int port, String token, Program program) {
        return new Kept(port, token, program, null, new Semaphore(1, true));
    }

    /** A port that nobody listens on now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until no call is under way, and takes the turn.
     *
     * @return false if one still is when the time is over, or on an interrupt, which is kept
     */
    boolean takeTurn(Duration atMost) {
        try {
            return turn.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where the program takes its calls, once it does. */
    URI address() {
        return URI.create("http://127.0.0.1:%d/".formatted(port));
    }

    /** Why a program that runs does not take calls; empty if it does. */
    Optional<String> silence() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    token == null ? "its program runs but does not listen on $PORT" : "its source is being loaded");
        }
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Kept[%d %s %s]".formatted(port, program, reason);
    }
}
