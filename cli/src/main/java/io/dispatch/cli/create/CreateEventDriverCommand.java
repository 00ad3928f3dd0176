package io.dispatch.cli.create;

import io.dispatch.cli.http.ApiFailure;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Nearest;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code create eventdriver TYPE}. */
@Command(
        description = "Creates an event driver of a type.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch create eventdriver cron --name heartbeat --set cron='@every 10s'",
            "  dispatch create eventdriver vcenter --name vcenter1.example.com --secret vcenter"
        })
public final class CreateEventDriverCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "TYPE", description = "The driver type; `dispatch get eventdrivertype` shows them.")
    private String type = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The driver's name (default a made-up one).")
    private @Nullable String name;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY[=VALUE]",
            description = "Configuration; may be repeated. All behind the first = is the value.")
    private @Nullable List<String> config;

    @Mixin
    private Secrets secrets = new Secrets();

    @Mixin
    private Application application = new Application();

    public CreateEventDriverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String driver = name == null || name.isEmpty()
                ? RandomName.next(session.surroundings().random())
                : name;
        ObjectNode body = Json.object();
        body.set("config", entries());
        body.put("name", driver).putNull("reason");
        body.set("secrets", secrets.names());
        body.put("expose", false);
        body.set("tags", application.tags());
        body.put("type", type);
        Resources resources = new Resources(session.api());
        try {
            session.printer().done(Kind.DRIVER.created(driver), resources.create(Kind.DRIVER, body));
        } catch (ApiFailure e) {
            throw e.code() == 400 && e.reason().contains("driver type") ? e.advising(advice(resources, driver)) : e;
        }
        return 0;
    }

    private ArrayNode entries() {
        ArrayNode entries = Json.object().putArray("config");
        for (String each : config == null ? List.<String>of() : config) {
            int equals = each.indexOf('=');
            String key = equals < 0 ? each : each.substring(0, equals);
            if (key.isEmpty()) {
                throw new CommandFailure("--set %s has no key: write --set key=value.".formatted(each));
            }
            ObjectNode entry = entries.addObject().put("key", key);
            if (equals >= 0) {
                entry.put("value", each.substring(equals + 1));
            }
        }
        return entries;
    }

    /** The guide itself once gives the driver's name where its type belongs. */
    private String advice(Resources resources, String driver) {
        List<String> types = resources.list(Kind.DRIVER_TYPE, List.of()).values().stream()
                .map((JsonNode each) -> Json.text(each, "name"))
                .toList();
        if (types.isEmpty()) {
            return "there is no driver type yet: dispatch create eventdrivertype NAME IMAGE";
        }
        String meant = types.stream()
                .filter(type::startsWith)
                .findFirst()
                .or(() -> Nearest.to(type, types))
                .orElse(types.size() == 1 ? types.getFirst() : "TYPE");
        return "the first argument is the type (%s), the name is an option: dispatch create eventdriver %s --name %s"
                .formatted(String.join(", ", types), meant, driver);
    }
}
