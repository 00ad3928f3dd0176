package io.dispatch.cli.create;

import io.dispatch.cli.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** Lists on the command line: an option more than once, or once with commas. */
final class Lists {

    private Lists() {}

    /** The parts as a JSON array; empty where nothing was given. */
    static ArrayNode split(@Nullable List<String> given) {
        ArrayNode parts = Json.object().putArray("parts");
        if (given != null) {
            for (String each : given) {
                for (String part : each.split(",", -1)) {
                    if (!part.isBlank()) {
                        parts.add(part.strip());
                    }
                }
            }
        }
        return parts;
    }
}
