package io.dispatch.testing;

import io.dispatch.testing.ClientMessages.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Stands between a service and a database of {@link TestDatabase}, so that a test can take the database away and cut connections
 * at the instant it wants. Safe for use by several threads.
 */
public final class DatabaseProxy implements AutoCloseable {

    /** What becomes of a connection. */
    public enum Fault {
        /** It works. */
        NONE,
        /** It is cut, and none can be made. */
        AWAY,
        /** The next one that commits is cut before the server hears of it; the others work. */
        CUT_BEFORE_COMMIT,
        /** The next one that commits is cut after the server has got it, and before the client knows; the others work. */
        CUT_AFTER_COMMIT,
        /** Statements that write are refused as by a server whose disk is full, with SQLSTATE 53100; the others work. */
        DISK_FULL
    }

    private static final String COMMIT = "COMMIT";
    private static final Pattern WRITES =
            Pattern.compile("\\b(insert\\s+into|delete\\s+from|update\\s+\\w+\\.)", Pattern.CASE_INSENSITIVE);

    private static final String NO_SPACE =
            "SERROR\0VERROR\0C53100\0Mcould not extend file \"base/1/1\": No space left on device\0\0";

    private final ServerSocket listener;
    private final URI target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.NONE;

    /**
     * Begins to listen on a free port.
     *
     * @param url JDBC address of the database
     */
    public DatabaseProxy(String url) throws IOException {
        this.target = URI.create(url.substring("jdbc:".length()));
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("database-proxy").start(this::accept);
    }

    /** JDBC address of the database by way of this proxy. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d%s".formatted(listener.getLocalPort(), target.getPath());
    }

    /** From now on this happens to connections. */
    public synchronized void set(Fault next) {
        fault = next;
        if (next == Fault.AWAY) {
            sockets.forEach(DatabaseProxy::cut);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(DatabaseProxy::cut);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (fault == Fault.AWAY) {
                    cut(client);
                    continue;
                }
                Socket server = new Socket(target.getHost(), target.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> requests(client, server));
                Thread.ofVirtual().start(() -> answers(server, client));
            } catch (IOException closed) {
                // the listener was closed, or the client went away again: the loop's condition tells
            }
        }
    }

    private void requests(Socket client, Socket server) {
        try (client;
                server) {
            var messages = new ClientMessages(client.getInputStream());
            OutputStream out = server.getOutputStream();
            for (Batch batch = messages.next(); batch != null; batch = messages.next()) {
                if (fault == Fault.DISK_FULL && batch.statements().stream().anyMatch(WRITES.asPredicate())) {
                    client.getOutputStream().write(refusal());
                    continue;
                }
                Fault now = batch.statements().contains(COMMIT) ? takeCommitFault() : Fault.NONE;
                if (now == Fault.CUT_BEFORE_COMMIT) {
                    return;
                }
                if (now == Fault.CUT_AFTER_COMMIT) {
                    cut(client);
                }
                out.write(batch.bytes().array());
                if (now == Fault.CUT_AFTER_COMMIT) {
                    return;
                }
            }
        } catch (IOException cut) {
            // one side has gone; try-with-resources cuts the other
        }
    }

    private static void answers(Socket server, Socket client) {
        try (server;
                client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException cut) {
            // one side has gone; try-with-resources cuts the other
        }
    }

    /** The messages ErrorResponse, and ReadyForQuery in a transaction that failed: a client that is in one rolls it back. */
    private static byte[] refusal() {
        byte[] error = NO_SPACE.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(error.length + 11)
                .put((byte) 'E')
                .putInt(error.length + Integer.BYTES)
                .put(error)
                .put((byte) 'Z')
                .putInt(5)
                .put((byte) 'E')
                .array();
    }

    /** A fault of a commit happens once. */
    private synchronized Fault takeCommitFault() {
        Fault now = fault;
        if (now == Fault.CUT_BEFORE_COMMIT || now == Fault.CUT_AFTER_COMMIT) {
            fault = Fault.NONE;
        }
        return now;
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // that is what was wanted
        }
    }
}
