package io.dispatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.atomic.AtomicInteger;

/** A function that answers at once and writes down when it got each event, by the number in {@code ce-id}; one thread. */
final class FunctionSink implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_REQUEST = 256 * 1024;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final Timeline timeline;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();

    /** Listens on a free port of loopback at once. */
    FunctionSink(Timeline timeline) throws IOException {
        this.timeline = timeline;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().daemon().name("function").start(this::serve);
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    /** How many different events there were. */
    int received() {
        return received.get();
    }

    /** How many calls brought an event that had been there before. */
    int twice() {
        return twice.get();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        server.close();
    }

    private void serve() {
        while (selector.isOpen()) {
            try {
                selector.select(this::ready);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ClosedSelectorException e) {
                return;
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
            receive(buffer, length);
            ByteBuffer answer = ByteBuffer.wrap(ANSWER);
            while (answer.hasRemaining()) {
                caller.write(answer);
            }
            buffer.limit(buffer.position()).position(length);
            buffer.compact();
            length = HttpMessage.length(buffer);
        }
    }

    private void receive(ByteBuffer request, int length) {
        String id = HttpMessage.header(request, "ce-id", length);
        if (!id.isEmpty()) {
            (timeline.received(Integer.parseInt(id), System.nanoTime()) ? received : twice).incrementAndGet();
        }
    }
}
