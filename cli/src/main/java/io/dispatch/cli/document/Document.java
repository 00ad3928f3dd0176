package io.dispatch.cli.document;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.resource.Kind;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One document: what a resource shall be.
 *
 * @param kind of which kind
 * @param name which one
 * @param body what is sent to the server
 */
record Document(Kind kind, String name, ObjectNode body) {

    private static final Map<String, String> FILES_IN = Map.of("runtimeDependencies", "manifest");

    /**
     * Makes one of what was written, with the files that it names.
     *
     * @throws CommandFailure if it has no name, or a file is missing
     */
    static Document of(Kind kind, ObjectNode written, DocumentSource source) {
        ObjectNode body = written.deepCopy();
        String sourcePath = taken(body, "sourcePath");
        if (kind == Kind.FUNCTION && sourcePath != null) {
            body.put("source", Base64.getEncoder().encodeToString(source.archiveOf(sourcePath)));
        }
        inlineFiles(body, source);
        String spelling = Json.spelling(body, "name");
        String name = spelling == null ? "" : Json.text(body, spelling);
        if (name.isEmpty()) {
            throw new CommandFailure("A document of kind %s has no name: add one.".formatted(kind.wireName()));
        }
        return new Document(kind, name, body);
    }

    private static @Nullable String taken(ObjectNode body, String field) {
        String spelling = Json.spelling(body, field);
        if (spelling == null) {
            return null;
        }
        JsonNode value = body.remove(spelling);
        String text = value == null ? "" : value.asString("");
        return text.isEmpty() ? null : text;
    }

    private static void inlineFiles(ObjectNode body, DocumentSource source) {
        FILES_IN.forEach((outer, inner) -> {
            String outerSpelling = Json.spelling(body, outer);
            if (outerSpelling != null && body.path(outerSpelling) instanceof ObjectNode object) {
                String spelling = Json.spelling(object, inner);
                String value = spelling == null ? "" : Json.text(object, spelling);
                if (spelling != null && value.startsWith("@")) {
                    object.put(spelling, source.textOf(value.substring(1)));
                }
            }
        });
    }
}
