package io.dispatch.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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
        CUT_AFTER_COMMIT
    }

    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

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
                Thread.ofVirtual().start(() -> forward(client, server, true));
                Thread.ofVirtual().start(() -> forward(server, client, false));
            } catch (IOException closed) {
                // the listener was closed, or the client went away again: the loop's condition tells
            }
        }
    }

    private void forward(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Fault now = requests && holds(buffer, read, COMMIT) ? takeCommitFault() : Fault.NONE;
                if (now == Fault.CUT_BEFORE_COMMIT) {
                    return;
                }
                if (now == Fault.CUT_AFTER_COMMIT) {
                    cut(from);
                }
                out.write(buffer, 0, read);
                if (now == Fault.CUT_AFTER_COMMIT) {
                    return;
                }
            }
        } catch (IOException cut) {
            // one side has gone; try-with-resources cuts the other
        }
    }

    /** A fault of a commit happens once. */
    private synchronized Fault takeCommitFault() {
        Fault now = fault;
        fault = now == Fault.AWAY ? Fault.AWAY : Fault.NONE;
        return now;
    }

    private static boolean holds(byte[] buffer, int length, byte[] wanted) {
        for (int at = 0; at + wanted.length <= length; at++) {
            if (Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // that is what was wanted
        }
    }
}
