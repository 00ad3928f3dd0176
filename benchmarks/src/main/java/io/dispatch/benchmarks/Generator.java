package io.dispatch.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends numbered requests over keep-alive connections from one thread, so that it takes little of the machine it measures. At a
 * rate the loop is open: an answer that comes late delays no request and is counted from when its request was due.
 */
final class Generator {

    /** At a rate, what one look costs in accuracy. */
    private static final long LOOK_NANOS = 50_000;

    private static final int LONGEST_ANSWER = 64 * 1024;

    private final InetSocketAddress address;
    private final IntFunction<byte[]> request;
    private final Timeline timeline;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private int next;
    private int reconnected;

    Generator(InetSocketAddress address, IntFunction<byte[]> request, Timeline timeline) {
        this.address = address;
        this.request = request;
        this.timeline = timeline;
    }

    /**
     * What was sent.
     *
     * @param first number of the first event
     * @param end number behind the last event
     * @param started {@link System#nanoTime} of the start
     * @param seconds until the last answer
     * @param answers how many of each HTTP status; 0 for a connection that broke before the answer
     * @param reconnected how often a connection had to be opened again
     */
    record Load(int first, int end, long started, double seconds, Map<Integer, Integer> answers, int reconnected) {

        int accepted() {
            return answers.entrySet().stream()
                    .filter(status -> status.getKey() / 100 == 2)
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    /** The number of the event that comes next, also after a run that broke off. */
    int next() {
        return next;
    }

    /**
     * Sends until the time is over, or the timeline is full, and every answer is there.
     *
     * @param perSecond how many requests a second; 0 for as many as the connections take, each sending when it has its answer
     */
    Load run(int first, int connections, double perSecond, double seconds) throws IOException {
        answers.clear();
        idle.clear();
        reconnected = 0;
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        next = first;
        List<Connection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Connection connection = new Connection(selector);
                all.add(connection);
                idle.add(connection);
            }
            long now = System.nanoTime();
            while ((now < end && next < timeline.capacity()) || idle.size() < connections) {
                if (perSecond == 0) {
                    while (now < end && !idle.isEmpty() && next < timeline.capacity()) {
                        idle.remove().send(next++, System.nanoTime());
                    }
                    selector.select(this::answered, 100);
                } else {
                    long due = start + (long) ((next - first) * 1e9 / perSecond);
                    while (due <= now && due < end && !idle.isEmpty() && next < timeline.capacity()) {
                        idle.remove().send(next++, due);
                        due = start + (long) ((next - first) * 1e9 / perSecond);
                    }
                    if (selector.selectNow(this::answered) == 0) {
                        LockSupport.parkNanos(LOOK_NANOS);
                    }
                }
                now = System.nanoTime();
            }
            for (Connection connection : all) {
                connection.channel.close();
            }
        }
        return new Load(first, next, start, (System.nanoTime() - start) / 1e9, new TreeMap<>(answers), reconnected);
    }

    private void answered(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            connection.read();
        } catch (IOException e) {
            connection.lost();
        }
    }

    /** One keep-alive connection with at most one request under way. */
    private final class Connection {

        private final Selector selector;
        private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        private SocketChannel channel;
        private int pending;

        Connection(Selector selector) throws IOException {
            this.selector = selector;
            channel = open();
        }

        private SocketChannel open() throws IOException {
            SocketChannel opened = SocketChannel.open(address);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_READ, this);
            return opened;
        }

        void send(int event, long due) throws IOException {
            pending = event;
            timeline.due(event, due);
            ByteBuffer bytes = ByteBuffer.wrap(request.apply(event));
            while (bytes.hasRemaining()) {
                channel.write(bytes); // small enough for the socket's buffer: one turn
            }
        }

        void read() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("closed");
            }
            int length = HttpMessage.length(answer);
            if (length != HttpMessage.INCOMPLETE) {
                timeline.answered(pending, System.nanoTime());
                answers.merge(HttpMessage.status(answer), 1, Integer::sum);
                answer.clear();
                idle.add(this);
            }
        }

        /** The other side may close an idle connection at any time; only a request that was under way is a loss. */
        void lost() {
            try {
                channel.close();
                channel = open();
                reconnected++;
                answer.clear();
                if (!idle.contains(this)) {
                    answers.merge(0, 1, Integer::sum);
                    idle.add(this);
                }
            } catch (IOException e) {
                throw new IllegalStateException("%s does not take connections any more".formatted(address), e);
            }
        }
    }
}
