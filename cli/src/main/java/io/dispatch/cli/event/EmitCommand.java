package io.dispatch.cli.event;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import io.dispatch.cli.session.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code emit TYPE}: one event, or all that stand in a file or on standard input. */
@Command(
        name = "emit",
        description = "Emits an event, or with -f each that stands in a file or on standard input.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch emit my.event --data '{ \"example\": \"payload\"}'",
            "  dispatch emit photo.taken --data-from-file cat.png --source camera-7",
            "  generate-orders | dispatch emit order.paid -f -     # one JSON value a line is the data of one event",
            "  dispatch emit -f events.ndjson                      # whole events, of CloudEvents 1.0 or 0.1"
        })
public final class EmitCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "TYPE", description = "The event type, such as order.paid.")
    private @Nullable String type;

    @Option(names = "--data", paramLabel = "JSON", description = "What the event carries.")
    private @Nullable String data;

    @Option(
            names = "--data-from-file",
            paramLabel = "PATH",
            description =
                    "A file with what it carries, or - for standard input: JSON as JSON, text as text, anything else as base64.")
    private @Nullable String dataFile;

    @Option(names = "--binary", description = "The file is sent as base64 whatever it is.")
    private boolean binary;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "Emit many: JSON values one a line, one behind the other, or in an array; - is standard input. A value that is an event is sent as it is, any other is the data of an event of TYPE.")
    private @Nullable String file;

    @Mixin
    private EventOptions options = new EventOptions();

    @Spec
    private @Nullable CommandSpec spec;

    public EmitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (data != null && dataFile != null) {
            throw usage("--data and --data-from-file exclude each other: give one.");
        }
        String many = file;
        if (many != null) {
            return emitMany(many);
        }
        String given = type;
        if (given == null) {
            throw usage("Name the event type, as in: dispatch emit order.paid --data '{\"order\": 4711}'");
        }
        JsonNode emitted = session.api().post("/v1/event", options.event(given, payload(), session.surroundings()));
        session.printer().done("event emitted", emitted);
        return 0;
    }

    private Integer emitMany(String from) {
        if (data != null || dataFile != null || binary) {
            throw usage("-f brings the data of each event: leave --data, --data-from-file and --binary out.");
        }
        Surroundings surroundings = session.surroundings();
        Progress progress =
                new Progress(surroundings.err(), surroundings.terminal().err(), bytes(from), System::nanoTime);
        try (InputStream in = open(from)) {
            Emits emits = new Emits(session.api(), value -> event(value, surroundings), progress);
            emits.all(in, from.equals("-") ? "standard input" : from);
        } catch (IOException e) {
            throw unreadable(from, e);
        }
        session.printer()
                .done(
                        progress.done() == 1 ? "event emitted" : "%d events emitted".formatted(progress.done()),
                        Json.object().put("emitted", progress.done()));
        return 0;
    }

    private JsonNode event(JsonNode value, Surroundings surroundings) {
        if (EventOptions.isEvent(value)) {
            return value;
        }
        String given = type;
        if (given == null) {
            throw new CommandFailure(
                    "it is no event (no specversion or cloudEventsVersion): name the type of event whose data it is, as in `dispatch emit TYPE -f FILE`");
        }
        return options.event(given, options.payload(value), surroundings);
    }

    private @Nullable Payload payload() {
        String text = data;
        if (text != null) {
            Payload given = Payload.ofText(text, options.contentType());
            return binary
                    ? Payload.ofFile(
                            "", text.getBytes(java.nio.charset.StandardCharsets.UTF_8), true, given.contentType())
                    : given;
        }
        String path = dataFile;
        if (path == null) {
            return null;
        }
        try (InputStream in = open(path)) {
            return Payload.ofFile(path, in.readAllBytes(), binary, options.contentType());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private InputStream open(String path) throws IOException {
        return path.equals("-") ? session.surroundings().in() : Files.newInputStream(Path.of(path));
    }

    /** How long a file is; 0 for standard input, a pipe, or what is not there. */
    private static long bytes(String path) {
        return path.equals("-") ? 0 : Path.of(path).toFile().length();
    }

    private static CommandFailure unreadable(String path, IOException e) {
        return e instanceof NoSuchFileException
                ? new CommandFailure("The file %s is not there.".formatted(path), e)
                : new CommandFailure("The file %s cannot be read: %s.".formatted(path, e.getMessage()), e);
    }

    private CommandLine.ParameterException usage(String sentence) {
        CommandSpec current = spec;
        if (current == null) {
            throw new IllegalStateException("picocli has not run this command");
        }
        return new CommandLine.ParameterException(current.commandLine(), sentence);
    }
}
