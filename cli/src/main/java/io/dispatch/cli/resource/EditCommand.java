package io.dispatch.cli.resource;

import io.dispatch.cli.http.ApiFailure;
import io.dispatch.cli.json.Yaml;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code edit KIND NAME}: as YAML in an editor, and back, unless somebody else was faster. */
@Command(
        name = "edit",
        description = "Opens a resource in $VISUAL or $EDITOR (else vi) and updates it.",
        sortOptions = false,
        footer = {"", "Example:", "  dispatch edit subscription order-paid-mailer"})
public final class EditCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "KIND", description = "Such as subscription, eventdriver, secret, function.")
    private String word = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Which one.")
    private String name = "";

    public EditCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Kind kind = Kind.ofWord(word)
                .orElseThrow(
                        () -> new CommandFailure("There is no kind %s: it is one of %s.".formatted(word, words())));
        Resources resources = new Resources(session.api());
        Resources.Found found = resources.get(kind, name, List.of());
        String before = Yaml.write(found.object());
        Path file = temporaryFile(before);
        JsonNode edited = edit(file);
        if (edited.equals(Yaml.parseAll(before).getFirst())) {
            discard(file);
            session.printer().line("Nothing was changed.");
            return 0;
        }
        try {
            JsonNode updated = resources.replace(kind, name, edited, found.etag());
            session.printer().done("Updated %s: %s".formatted(kind.wireName(), name), updated);
        } catch (ApiFailure e) {
            throw e.advising((e.code() == 412
                            ? "somebody else has changed it since you opened it: edit it again; what you wrote is in "
                            : "what you wrote is in ")
                    + file);
        }
        discard(file);
        return 0;
    }

    private static List<String> words() {
        return List.of(Kind.values()).stream().map(Kind::word).toList();
    }

    private JsonNode edit(Path file) {
        String editor = session.surroundings().isSet("VISUAL")
                ? "VISUAL"
                : session.surroundings().isSet("EDITOR") ? "EDITOR" : "";
        String command =
                editor.isEmpty() ? "vi" : session.surroundings().environment().get(editor);
        try {
            // By the shell, as the variable may have arguments.
            int exit = new ProcessBuilder("sh", "-c", command + " \"$0\"", file.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new CommandFailure(
                        "The editor `%s` ended with exit code %d, and nothing was changed: set EDITOR to another."
                                .formatted(command, exit));
            }
            List<JsonNode> documents = Yaml.parseAll(Files.readString(file));
            if (documents.size() != 1 || !documents.getFirst().isObject()) {
                throw new CommandFailure(
                        "What was saved is not one object, and nothing was changed; it is in %s.".formatted(file));
            }
            return documents.getFirst();
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "What was saved is no YAML (line %d), and nothing was changed; it is in %s."
                            .formatted(e.getLocation().getLineNr(), file),
                    e);
        } catch (IOException e) {
            throw new CommandFailure("The editor `%s` cannot be started: %s.".formatted(command, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted, and nothing was changed.", e);
        }
    }

    /** Readable by this user only, as it may hold secrets. */
    private static Path temporaryFile(String text) {
        try {
            Path file = Files.createTempFile(
                    "dispatch-edit-",
                    ".yaml",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure("A temporary file cannot be written: %s.".formatted(e.getMessage()), e);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailure("The temporary file %s cannot be deleted: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
