package io.dispatch.cli.deadletter;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code deadletters list}. */
@Command(
        name = "list",
        description = "Shows dead letters, the newest first.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch deadletters list --function send-receipt",
            "  dispatch deadletters list --reason 'status 422' --since 2026-11-24T08:00:00Z -o json"
        })
public final class ListDeadLettersCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", paramLabel = "COUNT", defaultValue = "100", description = "The most, 1 to 1,000.")
    private int limit;

    public ListDeadLettersCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("limit", Integer.toString(limit));
        query.putAll(filter.said());
        JsonNode found = session.api().get("/v1/deadletters" + Api.query(query));
        if (session.printer().isText()) {
            DeadLetterTable.print(session.printer(), List.copyOf(found.values()));
        } else {
            session.printer().data(found);
        }
        return 0;
    }
}
