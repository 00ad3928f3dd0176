package io.dispatch.cli.resource;

import io.dispatch.cli.http.ApiFailure;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.Printer;
import io.dispatch.cli.session.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows resources, and then each one again that has changed, until the command is interrupted. */
final class Watch {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Session session;
    private final ResourceTable table;
    private final Supplier<List<JsonNode>> look;
    private Map<String, JsonNode> shown = new LinkedHashMap<>();

    Watch(Session session, Kind kind, Supplier<List<JsonNode>> look) {
        this.session = session;
        this.table = ResourceTable.of(kind, session).reserve();
        this.look = look;
    }

    void run() {
        Printer printer = session.printer();
        shown = byName(look.get());
        if (printer.isText()) {
            shown.values().forEach(table::add);
            table.print(printer);
        } else {
            shown.values().forEach(printer::data);
        }
        while (!Thread.currentThread().isInterrupted()) {
            Session.pause(PAUSE);
            lookAgain(printer);
        }
    }

    private void lookAgain(Printer printer) {
        Map<String, JsonNode> now;
        try {
            now = byName(look.get());
        } catch (ApiFailure e) {
            if (e.code() != 404) {
                throw e;
            }
            now = Map.of();
        }
        for (Map.Entry<String, JsonNode> each : now.entrySet()) {
            if (!each.getValue().equals(shown.get(each.getKey()))) {
                show(each.getValue(), printer);
            }
        }
        for (Map.Entry<String, JsonNode> before : shown.entrySet()) {
            if (!now.containsKey(before.getKey())) {
                show(((ObjectNode) before.getValue().deepCopy()).put("status", "DELETED"), printer);
            }
        }
        shown = now;
    }

    private void show(JsonNode object, Printer printer) {
        if (printer.isText()) {
            table.add(object).printLast(printer);
        } else {
            printer.data(object);
        }
    }

    private static Map<String, JsonNode> byName(List<JsonNode> objects) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        objects.forEach(object -> byName.put(Json.text(object, "name"), object));
        return byName;
    }
}
