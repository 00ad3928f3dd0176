package io.dispatch.cli.document;

import io.dispatch.cli.json.Yaml;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code create seed-images}: the base images and images that functions with source name. */
@Command(
        name = "seed-images",
        description = "Creates the base images and images for nodejs, python3, powershell and java.",
        sortOptions = false)
public final class SeedImagesCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-O", "--output-file"},
            paramLabel = "FILE",
            description = "Write the documents into a file in place of creating them.")
    private @Nullable Path file;

    public SeedImagesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String documents = documents();
        Path wanted = file;
        if (wanted == null) {
            new DocumentRun(session, DocumentAction.CREATE).of(parsed(documents));
            return 0;
        }
        try {
            Files.writeString(wanted, documents);
        } catch (IOException e) {
            throw new CommandFailure("The file %s cannot be written: %s.".formatted(wanted, e.getMessage()), e);
        }
        return 0;
    }

    private static List<Document> parsed(String documents) {
        DocumentSource nothingElse = new DocumentSource(Path.of(""), "", InputStream.nullInputStream());
        List<Document> parsed = new ArrayList<>();
        for (JsonNode each : Yaml.parseAll(documents)) {
            Kind kind = Kind.ofDocument(each.path("kind").asString("")).orElseThrow();
            parsed.add(Document.of(kind, (ObjectNode) each, nothingElse));
        }
        return parsed;
    }

    private static String documents() {
        try (InputStream in = SeedImagesCommand.class.getResourceAsStream("seed-images.yaml")) {
            if (in == null) {
                throw new IllegalStateException("seed-images.yaml is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
