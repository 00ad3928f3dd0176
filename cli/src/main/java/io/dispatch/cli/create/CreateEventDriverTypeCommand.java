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

/** {@code create eventdrivertype NAME IMAGE}. */
@Command(
        description = "Makes a driver type known: a program that brings events in.",
        sortOptions = false,
        footer = {"", "Example:", "  dispatch create eventdrivertype cron dispatchframework/dispatch-events-cron"})
public final class CreateEventDriverTypeCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The type's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "IMAGE", description = "The container image.")
    private String image = "";

    @Option(names = "--expose", description = "Drivers of this type can be called from outside.")
    private boolean expose;

    @Mixin
    private Application application = new Application();

    public CreateEventDriverTypeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("name", name).put("image", image).put("expose", expose);
        body.set("tags", application.tags());
        session.printer()
                .done(Kind.DRIVER_TYPE.created(name), new Resources(session.api()).create(Kind.DRIVER_TYPE, body));
        return 0;
    }
}
