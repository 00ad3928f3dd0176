package io.dispatch.cli.document;

import io.dispatch.cli.http.ApiFailure;
import io.dispatch.cli.output.Printer;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Does one thing with all documents of a file, in their order; the first error ends it, and what was done stays. */
final class DocumentRun {

    private final Session session;
    private final DocumentAction action;
    private final Summary summary = new Summary();

    public DocumentRun(Session session, DocumentAction action) {
        this.session = session;
        this.action = action;
    }

    /**
     * Reads a file and does it.
     *
     * @param folder put before each relative path
     * @param file a path, an {@code http(s)} URL, or {@code -} for standard input
     */
    public void of(Path folder, String file) {
        DocumentSource source =
                new DocumentSource(folder, file, session.surroundings().in());
        of(Documents.read(source, file, session.surroundings().err()));
    }

    /** Does it with these. */
    void of(List<Document> documents) {
        Resources resources = new Resources(session.api());
        Printer printer = session.printer();
        for (Document document : documents) {
            printer.line("%s %s: %s"
                    .formatted(act(resources, document), document.kind().wireName(), document.name()));
        }
        if (session.wantsOldJson()) {
            printer.data(summary.json());
        }
    }

    /** What was done, in one word. */
    private String act(Resources resources, Document document) {
        Kind kind = document.kind();
        return switch (action) {
            case CREATE -> {
                summary.add(kind, resources.create(kind, document.body()));
                yield "Created";
            }
            case UPDATE -> {
                summary.add(kind, resources.replace(kind, document.name(), document.body(), null));
                yield "Updated";
            }
            case APPLY -> apply(resources, document);
            case DELETE -> {
                summary.add(kind, resources.delete(kind, document.name()));
                yield "Deleted";
            }
        };
    }

    private String apply(Resources resources, Document document) {
        Kind kind = document.kind();
        return resources
                .find(kind, document.name())
                .map(existing -> {
                    summary.add(kind, updated(resources, document, existing));
                    return "Updated";
                })
                .orElseGet(() -> {
                    summary.add(kind, resources.create(kind, document.body()));
                    return "Created";
                });
    }

    /** Sent whether or not it differs: the server leaves alone what already is as it shall be. */
    private static JsonNode updated(Resources resources, Document document, Resources.Found existing) {
        Kind kind = document.kind();
        try {
            return resources.replace(kind, document.name(), document.body(), existing.etag());
        } catch (ApiFailure e) {
            throw e.code() == 412
                    ? e.advising("%s %s was changed by somebody else at this moment: look at it, and apply again"
                            .formatted(kind.wireName(), document.name()))
                    : e;
        }
    }
}
