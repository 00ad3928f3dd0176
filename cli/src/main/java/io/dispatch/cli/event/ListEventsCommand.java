package io.dispatch.cli.event;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code events list}: the newest accepted events. */
@Command(
        name = "list",
        description = "Lists accepted events, the newest first.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch events list --type 'order.*' --since 10m",
            "  dispatch events list --text 4711",
            "  dispatch events list --id 7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11 -o json"
        })
public final class ListEventsCommand implements Callable<Integer> {

    private static final int MOST = 1_000;
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    private final Session session;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this type; * stands for any run of characters.")
    private @Nullable String type;

    @Option(names = "--source", paramLabel = "SOURCE", description = "Of exactly this source.")
    private @Nullable String source;

    @Option(names = "--id", paramLabel = "ID", description = "With this id from their sender.")
    private @Nullable String id;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description =
                    "With this text in the payload or the attributes; in the last 24 hours if --since is not given.")
    private @Nullable String text;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Accepted then or later: 10m, 2h or 3d ago, a date-time, or seconds since 1970.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Accepted before.")
    private @Nullable String until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many (default ${DEFAULT-VALUE}).")
    private int limit = 20;

    public ListEventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new CommandFailure("--limit must be 1 to %d, but was %d.".formatted(MOST, limit));
        }
        Map<String, @Nullable String> query = new LinkedHashMap<>();
        query.put("type", type);
        query.put("source", source);
        query.put("id", id);
        query.put("text", text);
        query.put("since", time(since));
        query.put("until", time(until));
        EventSearch.Found found = new EventSearch(session.api()).newest(query, limit);
        if (session.printer().isText()) {
            EventTable table = new EventTable(session.surroundings().clock().getZone());
            found.events().forEach(table::add);
            session.printer().table(table.table());
            if (!found.searchedAll() && found.events().size() < limit) {
                session.surroundings()
                        .err()
                        .println("Older events were not looked at: ask for a span with --since and --until.");
            }
        } else {
            session.printer().data(Json.object().putArray("events").addAll(found.events()));
        }
        return 0;
    }

    /** Some time ago as seconds since 1970, anything else as it is. */
    private @Nullable String time(@Nullable String given) {
        Matcher ago = AGO.matcher(given == null ? "" : given);
        if (!ago.matches()) {
            return given;
        }
        long count = Long.parseLong(ago.group(1));
        Duration span = switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        Instant now = session.surroundings().clock().instant();
        return Long.toString(now.minus(span).getEpochSecond());
    }
}
