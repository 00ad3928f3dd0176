package io.dispatch.cli.create;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code create base-image NAME URL}. */
@Command(
        description = "Creates a base image, on which images for functions are built.",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  dispatch create base-image nodejs-base dispatchframework/nodejs-base:0.0.13 --language nodejs"
        })
public final class CreateBaseImageCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The base image's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "URL", description = "Where the container image is.")
    private String url = "";

    @Option(names = "--language", paramLabel = "LANGUAGE", required = true, description = "Such as nodejs or python3.")
    private String language = "";

    @Mixin
    private Application application = new Application();

    public CreateBaseImageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object()
                .put("name", name)
                .put("dockerUrl", url)
                .put("language", language)
                .putNull("groups")
                .putNull("reason");
        body.set("tags", application.tags());
        session.printer()
                .done(Kind.BASE_IMAGE.created(name), new Resources(session.api()).create(Kind.BASE_IMAGE, body));
        return 0;
    }
}
