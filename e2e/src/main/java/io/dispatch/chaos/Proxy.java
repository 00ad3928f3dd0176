package io.dispatch.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between the services and PostgreSQL, so that their connections can be cut. Safe for use by many threads. */
final class Proxy implements AutoCloseable {

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean away;

    /**
     * Listens at once, on a free port of loopback.
     *
     * @param target port on loopback
     */
    Proxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Cuts all connections that there are, wherever they are in what they do; new ones can be made. */
    void cut() {
        sockets.forEach(Proxy::cut);
    }

    /** Cuts all connections, and lets none be made until it is called with false. */
    void setAway(boolean now) {
        away = now;
        if (now) {
            cut();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        threads.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connect(client);
            } catch (IOException closed) {
                // the listener was closed, or the client has gone: the loop's condition tells
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (away) {
            cut(client);
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            for (Socket socket : List.of(client, server)) {
                socket.setTcpNoDelay(true);
                sockets.add(socket);
            }
            threads.execute(() -> forward(client, server));
            threads.execute(() -> forward(server, client));
        } catch (IOException targetIsAway) {
            cut(client);
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException cut) {
            // one side has gone: the other follows
        } finally {
            sockets.remove(from);
        }
    }

    /** With a reset, as a firewall does that has forgotten the connection. */
    private static void cut(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // that is what was wanted
        }
    }
}
