package io.dispatch.cli.document;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.json.Yaml;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Nearest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of a file, in its order. */
final class Documents {

    private Documents() {}

    /**
     * Reads all, before anything is done with the first.
     *
     * @param err told which pieces are of no known kind and are skipped
     * @throws CommandFailure if the file is missing or no YAML
     */
    static List<Document> read(DocumentSource source, String name, PrintStream err) {
        List<JsonNode> pieces;
        try {
            pieces = Yaml.parseAll(source.text());
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "%s is no YAML: line %d, column %d."
                            .formatted(
                                    name,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr()),
                    e);
        }
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            if (!(pieces.get(i) instanceof ObjectNode piece)) {
                err.println("Document %d of %s is no object and is skipped.".formatted(i + 1, name));
                continue;
            }
            int number = i + 1;
            String spelling = Json.spelling(piece, "kind");
            String kindName = spelling == null ? "" : Json.text(piece, spelling);
            Kind.ofDocument(kindName)
                    .ifPresentOrElse(
                            kind -> documents.add(Document.of(kind, piece, source)),
                            () -> err.println(skipped(number, name, kindName)));
        }
        return documents;
    }

    private static String skipped(int number, String file, String kind) {
        String meant = Nearest.to(
                        kind, Arrays.stream(Kind.values()).map(Kind::wireName).toList())
                .map(" Did you mean %s?"::formatted)
                .orElse("");
        return kind.isEmpty()
                ? "Document %d of %s has no kind and is skipped.".formatted(number, file)
                : "Document %d of %s is of the unknown kind %s and is skipped.%s".formatted(number, file, kind, meant);
    }
}
