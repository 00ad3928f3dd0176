package io.dispatch.drivermanager;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A driver that brings no events: it tells its process id, arguments and the names of its variables, and is ready.
 * {@code --exit=78} ends it with that code, {@code --not-ready=why} keeps it from being ready, {@code --show=NAME} prints a
 * variable.
 */
public final class TestDriver {

    private TestDriver() {}

    /** Runs until it is stopped. */
    public static void main(String[] args) throws IOException {
        Optional<String> code = option(args, "exit");
        if (code.isPresent()) {
            System.err.println("option exit: asked to end");
            System.exit(Integer.parseInt(code.get()));
        }
        Optional<String> notReady = option(args, "not-ready");
        int port = Integer.parseInt(System.getenv("DISPATCH_MANAGEMENT_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/readyz", exchange -> {
            byte[] body = notReady.orElse("ready").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(notReady.isPresent() ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println("pid " + ProcessHandle.current().pid());
        System.out.println("arguments " + Arrays.toString(args));
        System.out.println("variables " + new TreeSet<>(System.getenv().keySet()));
        option(args, "show").ifPresent(name -> System.out.println(name + " is " + System.getenv(name)));
    }

    private static Optional<String> option(String[] args, String name) {
        String prefix = "--" + name + "=";
        return Arrays.stream(args)
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .findFirst();
    }
}
