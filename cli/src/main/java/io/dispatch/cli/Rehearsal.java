package io.dispatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dispatch.cli.output.Terminal;
import io.dispatch.cli.session.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What people do most, played once at a server that gives the same answers to all: from it the JVM learns what to load (JEP 483). */
final class Rehearsal {

    private static final String OBJECT = """
            {"name":"one","kind":"Subscription","eventType":"e","function":"f","status":"READY","createdTime":1543565700,
            "executedTime":1543565700,"tags":[{"key":"a","value":"b"}],"secrets":null,"message":"Welcome","version":"1"}""";

    private static final List<List<String>> COMMANDS = List.of(
            List.of("get", "subscription"),
            List.of("get", "subscription", "one", "-o", "json"),
            List.of("get", "secret", "-o", "yaml"),
            List.of("get", "run", "--last"),
            List.of("create", "subscription", "f", "--event-type", "e"),
            List.of("create", "secret", "one", "{home}/one.json"),
            List.of("apply", "-f", "{home}/one.yaml"),
            List.of("delete", "subscription", "one"),
            List.of("emit", "e", "--data", "{\"n\": 1}"),
            List.of("doctor"));

    private Rehearsal() {}

    /**
     * The build calls it.
     *
     * @param args an empty folder
     */
    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        Files.createDirectories(home.resolve(".dispatch"));
        Files.writeString(home.resolve("one.json"), "{\"key\": \"value\"}");
        Files.writeString(home.resolve("one.yaml"), "kind: Subscription\nname: one\neventType: e2\nfunction: f\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Rehearsal::answer);
        server.start();
        Files.writeString(home.resolve(".dispatch/config.json"), """
                {"current": "here", "contexts": {"here":
                {"host": "127.0.0.1", "port": %d, "scheme": "http", "organization": "acme"}}}""".formatted(
                        server.getAddress().getPort()));
        try {
            COMMANDS.forEach(command -> play(
                    home,
                    command.stream()
                            .map(word -> word.replace("{home}", home.toString()))
                            .toArray(String[]::new)));
        } finally {
            server.stop(0);
        }
    }

    private static void play(Path home, String... command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(
                out,
                out,
                new ByteArrayInputStream(new byte[0]),
                Map.of(),
                home,
                Terminal.NONE,
                Clock.systemUTC(),
                new SecureRandom());
        if (DispatchCommand.run(surroundings, command) != 0) {
            throw new IllegalStateException(
                    "%s failed: %s".formatted(String.join(" ", command), said.toString(StandardCharsets.UTF_8)));
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean isList =
                exchange.getRequestMethod().equals("GET") && path.matches("/v1/(event/)?(subscriptions|secret|runs)");
        byte[] body = (isList ? "[" + OBJECT + "]" : OBJECT).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
