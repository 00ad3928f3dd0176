package io.dispatch.cli.create;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code create secret NAME FILE}. */
@Command(
        description = "Creates a secret from a JSON file with an object of texts.",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  dispatch create secret smtp ./smtp.json     # {\"user\": \"robot\", \"password\": \"…\"}"
        })
public final class CreateSecretCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The secret's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The JSON file; - is standard input.")
    private Path file = Path.of("");

    @Mixin
    private Application application = new Application();

    public CreateSecretCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JsonNode values = new InputFile(session).json(file);
        if (!values.isObject() || !values.values().stream().allMatch(JsonNode::isString)) {
            throw new CommandFailure(
                    "The file %s must hold one JSON object whose values are texts, as in {\"password\": \"…\"}."
                            .formatted(file));
        }
        ObjectNode body = Json.object().put("name", name);
        body.set("secrets", values);
        body.set("tags", application.tags());
        session.printer().done(Kind.SECRET.created(name), new Resources(session.api()).create(Kind.SECRET, body));
        return 0;
    }
}
