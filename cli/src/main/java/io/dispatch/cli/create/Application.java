package io.dispatch.cli.create;

import io.dispatch.cli.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code -a}: to which application something belongs, kept as its tag. */
final class Application {

    @Option(
            names = {"-a", "--application"},
            paramLabel = "NAME",
            description = "The application that it belongs to (tag Application).")
    private @Nullable String name;

    /** The tags of what is made; empty without an application. */
    ArrayNode tags() {
        ArrayNode tags = Json.object().putArray("tags");
        if (name != null) {
            ObjectNode tag = tags.addObject();
            tag.put("key", "Application");
            tag.put("value", name);
        }
        return tags;
    }
}
