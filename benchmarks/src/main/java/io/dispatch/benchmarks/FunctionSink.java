package io.dispatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A function that writes down when it got each event, by the number in {@code ce-id}; one thread. What it does stands in the path:
 * {@value #SLOW} answers after 50 ms, {@value #HANGING} after 5 s, {@value #UNSTEADY} fails the first call of every tenth event,
 * {@value #SHARED} and {@value #REPLAYED} may bring an event several times, and anything else answers at once.
 */
final class FunctionSink implements AutoCloseable {

    static final String SLOW = "slow";
    static final String HANGING = "hanging";
    static final String UNSTEADY = "unsteady";
    static final String SHARED = "shared";
    static final String REPLAYED = "replayed";

    private static final byte[] ANSWER = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] FAILURE = ascii("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
    private static final long SLOW_NANOS = 50_000_000;
    private static final long HANGING_NANOS = 5_000_000_000L;
    private static final int FAILS_ONCE_IN = 10;
    private static final int LONGEST_REQUEST = 256 * 1024;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final Timeline timeline;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final AtomicInteger twice = new AtomicInteger();
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::at));
    private final BitSet failed = new BitSet();
    private final Thread thread;

    /** Listens on a free port of loopback at once. */
    FunctionSink(Timeline timeline) throws IOException {
        this.timeline = timeline;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = Thread.ofPlatform().daemon().name("function").start(this::serve);
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    /** How many calls of a path were answered with success; those of {@value #HANGING} are not counted. */
    int calls(String path) {
        return calls.computeIfAbsent(path, _ -> new AtomicInteger()).get();
    }

    /** CPU seconds that its thread has used. */
    double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) / 1e9;
    }

    /** How many of them brought an event that had been there before. */
    int twice() {
        return twice.get();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        server.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param at {@link System#nanoTime} when a call is answered */
    private record Later(long at, SocketChannel caller) {}

    private void serve() {
        while (selector.isOpen()) {
            try {
                Later first = later.peek();
                if (first == null) {
                    selector.select(this::ready);
                } else {
                    selector.select(this::ready, Math.max(1, (first.at() - System.nanoTime()) / 1_000_000));
                }
                answerLate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ClosedSelectorException e) {
                return;
            }
        }
    }

    private void answerLate() {
        while (!later.isEmpty() && later.element().at() <= System.nanoTime()) {
            SocketChannel caller = later.remove().caller();
            try {
                answer(caller, ANSWER);
            } catch (IOException gone) {
                caller.keyFor(selector).cancel();
            }
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel caller = server.accept();
                caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
                caller.configureBlocking(false);
                caller.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LONGEST_REQUEST));
            } else {
                read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void read(SocketChannel caller, ByteBuffer buffer) throws IOException {
        if (caller.read(buffer) < 0) {
            caller.close();
            return;
        }
        int length = HttpMessage.length(buffer);
        while (length != HttpMessage.INCOMPLETE) {
            receive(caller, buffer, length);
            buffer.limit(buffer.position()).position(length);
            buffer.compact();
            length = HttpMessage.length(buffer);
        }
    }

    private void receive(SocketChannel caller, ByteBuffer request, int length) throws IOException {
        String path = HttpMessage.path(request);
        if (path.equals(HANGING)) {
            later.add(new Later(System.nanoTime() + HANGING_NANOS, caller));
            return;
        }
        int event = Integer.parseInt(HttpMessage.header(request, "ce-id", length));
        if (path.equals(UNSTEADY) && event % FAILS_ONCE_IN == 0 && !failed.get(event)) {
            failed.set(event);
            answer(caller, FAILURE);
            return;
        }
        calls.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        if (!timeline.received(event, System.nanoTime()) && !path.equals(SHARED) && !path.equals(REPLAYED)) {
            twice.incrementAndGet();
        }
        if (path.equals(SLOW)) {
            later.add(new Later(System.nanoTime() + SLOW_NANOS, caller));
        } else {
            answer(caller, ANSWER);
        }
    }

    private static void answer(SocketChannel caller, byte[] bytes) throws IOException {
        ByteBuffer answer = ByteBuffer.wrap(bytes);
        while (answer.hasRemaining()) {
            caller.write(answer);
        }
    }
}
