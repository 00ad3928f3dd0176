package io.dispatch.cli;

import io.dispatch.cli.output.Terminal;
import io.dispatch.cli.session.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** The command, called in this process. */
final class Command {

    static final Instant NOW = Instant.parse("2026-11-24T10:00:00.250Z");

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private Terminal terminal = Terminal.NONE;

    Command(Path home) {
        this.home = home;
    }

    /** One that talks to a server in organization acme. */
    static Command to(RecordingServer server, Path home) {
        return new Command(home)
                .with("DISPATCH_HOST", "127.0.0.1")
                .with("DISPATCH_PORT", Integer.toString(server.port()))
                .with("DISPATCH_SCHEME", "http")
                .with("DISPATCH_ORGANIZATION", "acme");
    }

    Command with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Command input(String text) {
        input = text;
        return this;
    }

    Command terminal(Terminal streams) {
        terminal = streams;
        return this;
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = DispatchCommand.run(
                new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        environment,
                        home,
                        terminal,
                        Clock.fixed(NOW, ZoneId.of("UTC")),
                        new Random(7)),
                arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What came of it. */
    record Result(int exit, String out, String err) {}
}
