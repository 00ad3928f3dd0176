package io.dispatch.cli.create;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Files that are named on the command line. */
public final class InputFile {

    private final Session session;

    public InputFile(Session session) {
        this.session = session;
    }

    /**
     * The text of a file, or of standard input where it is {@code -}.
     *
     * @throws CommandFailure if it cannot be read
     */
    public String text(Path file) {
        try {
            return file.toString().equals("-")
                    ? new String(session.surroundings().in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("The file %s is not there.".formatted(file), e);
        } catch (IOException e) {
            throw new CommandFailure("The file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /** The JSON value in a file. */
    JsonNode json(Path file) {
        try {
            return Json.parse(text(file));
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "The file %s is no JSON (line %d)."
                            .formatted(
                                    file,
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr()),
                    e);
        }
    }
}
