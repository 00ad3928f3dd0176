package io.dispatch.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Finds TCP ports on 127.0.0.1 that nobody listens on. */
public final class FreePort {

    // Below the range that Linux takes the ports of outgoing connections from (32768 and up): a port found here
    // is still free when a crashed server wants it back.
    private static final int LOWEST = 18_000;
    private static final int HIGHEST = 32_000;

    private FreePort() {}

    /**
     * A port that was free a moment ago; whoever binds it must still expect to lose a race for it.
     *
     * @throws PostgresqlException if a thousand tries found none
     */
    public static int pick(RandomGenerator random) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new PostgresqlException(
                "No free TCP port was found between %d and %d: stop what listens there.".formatted(LOWEST, HIGHEST));
    }

    /** Whether {@code 127.0.0.1:port} could be bound just now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: without it, connections that were closed a minute ago still hold the port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
