package io.dispatch.cli.deadletter;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code deadletters redrive}. */
@Command(
        name = "redrive",
        description = "Tries dead letters again: those named, those that options find, or all.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch deadletters redrive --function send-receipt --preview",
            "  dispatch deadletters redrive --function send-receipt",
            "  dispatch deadletters redrive 00000000-0000-8003-8003-0000000fcc00"
        })
public final class RedriveCommand implements Callable<Integer> {

    private static final String PATH = "/v1/deadletters/redrive";

    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Their ids.")
    private List<String> ids = new ArrayList<>();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--all", description = "All of the organization.")
    private boolean all;

    @Option(names = "--preview", description = "Only say which, and change nothing.")
    private boolean preview;

    public RedriveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode wish = wish();
        if (preview) {
            preview(session.api().post(PATH, wish.put("preview", true)));
            return 0;
        }
        int redriven = 0;
        JsonNode answer;
        do {
            answer = session.api().post(PATH, wish);
            redriven += answer.path("redriven").asInt(0);
        } while (answer.path("more").asBoolean(false));
        JsonNode refused = answer.path("refused");
        if (session.printer().isText()) {
            session.printer().line("Redriven: " + redriven);
            refused.values()
                    .forEach(each -> session.printer()
                            .line("Refused: %s: %s".formatted(Json.text(each, "id"), Json.text(each, "reason"))));
        } else {
            session.printer().data(Json.object().put("redriven", redriven).set("refused", refused));
        }
        if (!refused.isEmpty()) {
            throw new CommandFailure("Dead letters that cannot be redriven: %d.".formatted(refused.size()));
        }
        return 0;
    }

    private ObjectNode wish() {
        Map<String, String> said = filter.said();
        int ways = (ids.isEmpty() ? 0 : 1) + (said.isEmpty() ? 0 : 1) + (all ? 1 : 0);
        if (ways != 1) {
            throw new CommandFailure("Say which: ids, options that find them, or --all.");
        }
        ObjectNode wish = Json.object();
        if (ids.isEmpty()) {
            ObjectNode query = wish.putObject("query");
            said.forEach(query::put);
        } else {
            ids.forEach(wish.putArray("ids")::add);
        }
        return wish;
    }

    private void preview(JsonNode answer) {
        if (session.printer().isText()) {
            session.printer().line("Would be redriven: " + Json.text(answer, "count"));
            DeadLetterTable.print(
                    session.printer(), List.copyOf(answer.path("sample").values()));
        } else {
            session.printer().data(answer);
        }
    }
}
