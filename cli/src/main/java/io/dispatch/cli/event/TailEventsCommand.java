package io.dispatch.cli.event;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.http.Unreachable;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code events tail}: accepted events as they come. */
@Command(
        name = "tail",
        description = "Shows accepted events as they come; Ctrl-C ends it.",
        sortOptions = false,
        footer = {"", "Examples:", "  dispatch events tail --type 'order.*'", "  dispatch events tail -o json --count 1"
        })
public final class TailEventsCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_FAILURES = 30;

    private final Session session;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this type; * stands for any run of characters.")
    private @Nullable String type;

    @Option(names = "--count", paramLabel = "N", defaultValue = "0", description = "End after so many.")
    private int count;

    private @Nullable EventTable table;
    private String lastId = "";
    private String event = "";
    private String data = "";
    private int shown;

    public TailEventsCommand(Session session) {
        this.session = session;
    }

    /** A stream that breaks off is taken up where it was; the server is given half a minute to come back. */
    @Override
    public Integer call() {
        String path = "/v1/event/stream" + Api.query(Collections.singletonMap("type", type));
        Api api = session.api();
        int failures = 0;
        while (true) {
            int before = shown;
            try {
                Map<String, String> headers = lastId.isEmpty() ? Map.of() : Map.of("Last-Event-ID", lastId);
                if (api.lines(path, headers, this::line)) {
                    return 0;
                }
                failures = shown > before ? 0 : failures + 1;
            } catch (IOException e) {
                failures = shown > before ? 1 : failures + 1;
                if (lastId.isEmpty() || failures > MOST_FAILURES) {
                    throw new CommandFailure(Unreachable.sentence(api.server(), e), e);
                }
            }
            Session.pause(PAUSE);
        }
    }

    /** A line of the stream (HTML Living Standard, section 9.2.6); false after the last that was asked for. */
    private boolean line(String line) {
        if (line.startsWith("id: ")) {
            lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
            event = line.substring(7);
        } else if (line.startsWith("data: ")) {
            data += line.substring(6) + "\n";
        } else if (line.isEmpty()) {
            take();
            event = "";
            data = "";
        }
        return count <= 0 || shown < count;
    }

    private void take() {
        switch (event) {
            case "event" -> show(Json.parse(data));
            case "missed" ->
                session.surroundings()
                        .err()
                        .println("Some events were left out: they come faster than they are shown.");
            default -> {} // the beginning of the stream, or what a later version tells
        }
    }

    private void show(JsonNode logged) {
        shown++;
        if (!session.printer().isText()) {
            session.printer().data(logged);
            return;
        }
        EventTable known = table;
        if (known == null) {
            known = new EventTable(session.surroundings().clock().getZone()).reserve();
            known.add(logged);
            session.printer().table(known.table());
            table = known;
        } else {
            known.add(logged);
            session.printer().lastRow(known.table());
        }
    }
}
