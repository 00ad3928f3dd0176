package io.dispatch.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * The functions: an HTTP server that writes down every call, by the path the name of the subscription. Answers as it is told.
 * Safe for use by many threads.
 */
final class FunctionSink implements AutoCloseable {

    /** What it does with calls that begin now. */
    enum Manner {
        /** 200, soon. */
        ANSWER,
        /** 500, as soon. */
        FAIL,
        /** No answer at all. */
        HANG,
        /** 200 after one and a half timeouts, if the caller is still there. */
        ANSWER_LATE
    }

    /** So long a call takes: without it hardly one would be in flight when something is killed. */
    private static final Duration WORK = Duration.ofMillis(20);

    private final LongSupplier clock;
    private final Duration timeout;
    private final ServerSocket listener;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Manner manner = Manner.ANSWER;

    /**
     * Listens at once, on a free port of loopback.
     *
     * @param clock nanoseconds since the start of the trial
     * @param timeout of callers
     */
    FunctionSink(LongSupplier clock, Duration timeout) throws IOException {
        this.clock = clock;
        this.timeout = timeout;
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on it does so with each call. */
    void behave(Manner next) {
        manner = next;
    }

    /** Whether a call about this event was answered 200 and in time. */
    boolean hasSucceeded(String subscription, int event) {
        return succeeded.contains(subscription + ' ' + event);
    }

    /** The calls that are over. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Cuts all connections; calls that hang are over then. */
    void stop() throws IOException {
        listener.close();
        for (Socket caller : callers) {
            caller.close();
        }
        threads.close();
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                callers.add(caller);
                threads.execute(() -> serve(caller));
            } catch (IOException closed) {
                // the loop's condition tells
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            caller.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(caller.getInputStream());
            HttpMessage request = HttpMessage.read(in);
            while (request != null && answer(request, caller, in)) {
                request = HttpMessage.read(in);
            }
        } catch (IOException gone) {
            // before a request was whole: no call
        } finally {
            callers.remove(caller);
        }
    }

    /** Whether the connection is good for another call. */
    private boolean answer(HttpMessage request, Socket caller, InputStream in) {
        long began = clock.getAsLong();
        Manner now = manner;
        int status = now == Manner.FAIL ? 500 : 200;
        boolean arrives = isThereAfter(patience(now), caller, in) && now != Manner.HANG;
        long answered = clock.getAsLong(); // before the answer is written: what the caller does next is later
        if (arrives) {
            try {
                caller.getOutputStream()
                        .write(HttpMessage.octets("HTTP/1.1 %d -\r\nContent-Length: 0\r\n\r\n".formatted(status)));
            } catch (IOException gone) {
                arrives = false;
            }
        }
        boolean silent = now == Manner.HANG;
        Call call = call(request, began, silent ? Call.NEVER : answered, silent ? 0 : status, arrives);
        calls.add(call);
        if (call.isSuccess(timeout.toNanos())) {
            succeeded.add(call.subscription() + ' ' + call.event());
        }
        return arrives;
    }

    private Duration patience(Manner now) {
        return switch (now) {
            case ANSWER, FAIL -> WORK;
            case ANSWER_LATE -> timeout.multipliedBy(3).dividedBy(2);
            case HANG -> Duration.ofDays(1);
        };
    }

    /** Waits, and tells whether the caller has not closed its side meanwhile. */
    private static boolean isThereAfter(Duration patience, Socket caller, InputStream in) {
        try {
            caller.setSoTimeout((int) patience.toMillis());
            in.mark(1);
            boolean there = in.read() >= 0;
            in.reset();
            return there;
        } catch (SocketTimeoutException e) {
            return isMadePatient(caller);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean isMadePatient(Socket caller) {
        try {
            caller.setSoTimeout(0);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static Call call(HttpMessage request, long began, long answered, int status, boolean arrives) {
        CRC32C digest = new CRC32C();
        digest.update(request.body());
        String attempt = request.header("Dispatch-Attempt");
        return new Call(
                request.path().substring(1),
                request.header("ce-id"),
                request.header("Idempotency-Key"),
                attempt.matches("\\d{1,9}") ? Integer.parseInt(attempt) : 0,
                digest.getValue(),
                began,
                answered,
                status,
                arrives);
    }
}
