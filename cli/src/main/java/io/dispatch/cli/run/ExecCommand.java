package io.dispatch.cli.run;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.OutputFormat;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code exec FUNCTION}: one run, shown as JSON. */
@Command(
        name = "exec",
        description = "Runs a function once.",
        sortOptions = false,
        footer = {"", "Example:", "  dispatch exec hello --wait --input '{\"name\": \"Ann\"}'"})
public final class ExecCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "FUNCTION", description = "The function.")
    private String function = "";

    @Option(names = "--wait", description = "Wait until it has finished, and show what it answered.")
    private boolean wait;

    @Option(
            names = "--input",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "Its input (default ${DEFAULT-VALUE}).")
    private String input = "{}";

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            split = ",",
            description = "Secrets that it sees beside its own; may be repeated or have commas.")
    private @Nullable List<String> secrets;

    /** The original's command has it; here the whole run is shown without. */
    @Option(names = "--all", hidden = true)
    void all(boolean ignored) {}

    /** The original's command has it; a run belongs to no application. */
    @Option(
            names = {"-a", "--application"},
            hidden = true)
    void application(String ignored) {}

    public ExecCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("blocking", wait);
        body.set("input", parsedInput());
        ArrayNode names = body.putArray("secrets");
        if (secrets != null) {
            secrets.forEach(names::add);
        }
        body.putNull("services").putNull("reason");
        body.putArray("tags");
        JsonNode run = session.api().post("/v1/runs?functionName=" + Api.encoded(function), body);
        if (session.printer().format() == OutputFormat.YAML) {
            session.printer().data(run);
        } else {
            session.printer().line(Json.writePretty(run));
        }
        return 0;
    }

    private JsonNode parsedInput() {
        try {
            return Json.parse(input);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "--input is no JSON (column %d): texts need quotes of their own, as in --input '\"text\"'."
                            .formatted(
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getColumnNr()),
                    e);
        }
    }
}
