package io.dispatch.chaos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * Emits numbered events at a rate over keep-alive connections and writes down what each was answered. Every event is sent once. Each
 * second connection has a {@code partitionkey} of its own, so that events of one key are sent one after the other. Safe for use by
 * many threads.
 */
final class Generator implements AutoCloseable {

    static final String TYPE = "chaos.event";

    private static final int PAYLOAD_LENGTH = 300;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);
    private static final Duration REST = Duration.ofMillis(100);
    /** What was not sent while nobody listened is not sent in a burst afterwards. */
    private static final long CATCHES_UP = Duration.ofMillis(100).toNanos();

    private final LongSupplier clock;
    private final RandomGenerator random;
    private final long interval;
    private final Queue<Emission> emissions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Spread spread = new Spread(List.of());
    private volatile boolean running = true;
    private long due;

    /**
     * Does nothing yet.
     *
     * @param clock nanoseconds since the start of the trial
     * @param random makes payloads that nobody can know who has not got them
     * @param perSecond events a second at most; fewer while they are not answered
     */
    Generator(LongSupplier clock, RandomGenerator random, double perSecond) {
        this.clock = clock;
        this.random = random;
        this.interval = (long) (1e9 / perSecond);
    }

    /** Where connections go; another one for each change, even to the same. */
    private static final class Spread {
        private final List<InetSocketAddress> gateways;

        Spread(List<InetSocketAddress> gateways) {
            this.gateways = gateways;
        }

        InetSocketAddress gateway(int turn) {
            return gateways.get(turn % gateways.size());
        }
    }

    void start(int connections, List<InetSocketAddress> addresses) {
        spread = new Spread(addresses);
        for (int i = 0; i < connections; i++) {
            int connection = i;
            threads.execute(() -> emit(connection));
        }
    }

    /** From now on the connections are spread over these; one whose gateway does not listen goes to the next, and stays there. */
    void spread(List<InetSocketAddress> addresses) {
        spread = new Spread(addresses);
    }

    /** How many were accepted until now. */
    int accepted() {
        return accepted.get();
    }

    /** What was emitted until now and has its answer, or never will. */
    List<Emission> emissions() {
        return List.copyOf(emissions);
    }

    /** Sends no more, and waits for the answers of what was sent. */
    void stop() {
        running = false;
        threads.close();
    }

    @Override
    public void close() {
        stop();
    }

    private void emit(int connection) {
        String key = connection % 2 == 0 ? "" : "key-" + connection;
        Spread current = spread;
        int turn = connection;
        try {
            while (running) {
                if (spread != current) {
                    current = spread;
                    turn = connection;
                }
                InetSocketAddress gateway = current.gateway(turn);
                try (Socket socket = new Socket()) {
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout((int) LONGEST_ANSWER.toMillis());
                    socket.connect(gateway, (int) CONNECT_TIMEOUT.toMillis());
                    InputStream in = new BufferedInputStream(socket.getInputStream());
                    boolean open = true;
                    while (running && open && spread == current) {
                        awaitTurn();
                        open = emit(key, gateway, socket, in);
                    }
                } catch (IOException e) {
                    turn++;
                    Thread.sleep(REST); // nobody listens: nothing was sent
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitTurn() throws InterruptedException {
        long turn;
        synchronized (this) {
            turn = Math.max(due, clock.getAsLong() - CATCHES_UP);
            due = turn + interval;
        }
        Thread.sleep(Duration.ofNanos(Math.max(0, turn - clock.getAsLong())));
    }

    /** Whether the connection can be used again. */
    private boolean emit(String key, InetSocketAddress gateway, Socket socket, InputStream in)
            throws InterruptedException {
        int number = next.getAndIncrement();
        byte[] payload = payload(number);
        CRC32C digest = new CRC32C();
        digest.update(payload);
        long sentAt = clock.getAsLong();
        try {
            socket.getOutputStream().write(request(number, key, gateway, payload));
            HttpMessage answer = HttpMessage.read(in);
            if (answer == null) {
                throw new EOFException();
            }
            Emission emission =
                    new Emission(number, key, digest.getValue(), sentAt, clock.getAsLong(), answer.status());
            emissions.add(emission);
            if (emission.isAccepted()) {
                accepted.incrementAndGet();
            } else {
                Thread.sleep(REST);
            }
            return !answer.header("connection").equalsIgnoreCase("close");
        } catch (IOException e) {
            emissions.add(new Emission(number, key, digest.getValue(), sentAt, Call.NEVER, 0));
            return false;
        }
    }

    private byte[] payload(int number) {
        String start = "{\"number\":%d,\"secret\":\"%016x\",\"rest\":\"".formatted(number, random.nextLong());
        return HttpMessage.octets(start + "x".repeat(PAYLOAD_LENGTH - start.length() - 2) + "\"}");
    }

    private static byte[] request(int number, String key, InetSocketAddress gateway, byte[] payload) {
        String head = """
                POST /v1/event HTTP/1.1
                Host: localhost:%d
                ce-specversion: 1.0
                ce-id: %d
                ce-source: /chaos
                ce-type: %s
                %sContent-Type: application/json
                Content-Length: %d

                """.formatted(
                        gateway.getPort(),
                        number,
                        TYPE,
                        key.isEmpty() ? "" : "ce-partitionkey: %s\n".formatted(key),
                        payload.length);
        byte[] octets = HttpMessage.octets(head.replace("\n", "\r\n"));
        byte[] request = new byte[octets.length + payload.length];
        System.arraycopy(octets, 0, request, 0, octets.length);
        System.arraycopy(payload, 0, request, octets.length, payload.length);
        return request;
    }
}
