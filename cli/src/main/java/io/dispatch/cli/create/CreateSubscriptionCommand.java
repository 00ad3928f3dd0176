package io.dispatch.cli.create;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.ResourceTable;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code create subscription FUNCTION}: its line, and then the table that the guide shows. */
@Command(
        description = "Subscribes a function to an event type.",
        sortOptions = false,
        footer = {"", "Example:", "  dispatch create subscription --event-type vm.being.created myFunction"})
public final class CreateSubscriptionCommand implements Callable<Integer> {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Session session;

    @Parameters(paramLabel = "FUNCTION", description = "The function that runs; it need not exist yet.")
    private String function = "";

    @Option(names = "--event-type", paramLabel = "TYPE", defaultValue = "", description = "Which events run it.")
    private String eventType = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The subscription's name (default a made-up one).")
    private @Nullable String name;

    @Mixin
    private Secrets secrets = new Secrets();

    @Mixin
    private Application application = new Application();

    public CreateSubscriptionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String subscription = name == null || name.isEmpty()
                ? RandomName.next(session.surroundings().random())
                : name;
        ObjectNode body = Json.object()
                .put("name", subscription)
                .put("eventType", eventType)
                .put("function", function);
        body.set("secrets", secrets.names());
        body.set("tags", application.tags());
        Resources resources = new Resources(session.api());
        JsonNode created = resources.create(Kind.SUBSCRIPTION, body);
        session.printer().done(Kind.SUBSCRIPTION.created(subscription), created);
        if (session.printer().isText()) {
            ResourceTable.of(Kind.SUBSCRIPTION, session)
                    .add(ready(resources, subscription))
                    .print(session.printer());
        }
        return 0;
    }

    private static JsonNode ready(Resources resources, String subscription) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            JsonNode found =
                    resources.get(Kind.SUBSCRIPTION, subscription, List.of()).object();
            if (Json.text(found, "status").equals("READY") || System.nanoTime() > deadline) {
                return found;
            }
            Session.pause(PAUSE);
        }
    }
}
