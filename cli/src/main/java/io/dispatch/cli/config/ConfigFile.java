package io.dispatch.cli.config;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.json.Yaml;
import io.dispatch.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file with the contexts, as the original's command has it (contract section 12.1): JSON or YAML by its name. TOML,
 * for which the original also looks, is refused: nobody is known to have it. What is not known here is kept when the file is written.
 */
public final class ConfigFile {

    private static final List<String> NAMES = List.of("config.json", "config.yaml", "config.yml", "config.toml");
    private static final String TOML = ".toml";
    private static final String CURRENT = "current";
    private static final String CONTEXTS = "contexts";

    private final Path path;
    private final ObjectNode content;

    private ConfigFile(Path path, ObjectNode content) {
        this.path = path;
        this.content = content;
    }

    /**
     * The file that is meant: the one that was named, else {@code DISPATCH_CONFIG}, else the one in {@code ~/.dispatch}.
     *
     * @param named by the flag, or null
     * @throws CommandFailure if a named one is missing, or it cannot be read
     */
    public static ConfigFile find(@Nullable String named, Map<String, String> environment, Path home) {
        String wanted = named != null ? named : environment.getOrDefault("DISPATCH_CONFIG", "");
        if (!wanted.isEmpty()) {
            Path path = Path.of(wanted);
            if (!Files.exists(path)) {
                throw new CommandFailure("The config file %s is not there: correct %s."
                        .formatted(path, named != null ? "--config" : "DISPATCH_CONFIG"));
            }
            return read(path);
        }
        Path folder = home.resolve(".dispatch");
        return NAMES.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .map(ConfigFile::read)
                .orElseGet(() -> new ConfigFile(folder.resolve(NAMES.getFirst()), Json.object()));
    }

    private static ConfigFile read(Path path) {
        if (path.toString().endsWith(TOML)) {
            throw new CommandFailure("The config file %s is in TOML, which is not read: write the same as JSON to %s."
                    .formatted(path, path.toString().replaceFirst(TOML + "$", ".json")));
        }
        try {
            String text = Files.readString(path);
            JsonNode content = isYaml(path)
                    ? Yaml.parseAll(text).stream().findFirst().orElseGet(Json::object)
                    : text.isBlank() ? Json.object() : Json.parse(text);
            if (content instanceof ObjectNode object) {
                return new ConfigFile(path, object);
            }
            throw new CommandFailure(
                    "The config file %s holds no object: mend it, or move it away and log in again.".formatted(path));
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "The config file %s cannot be read (line %d: %s): mend it, or move it away and log in again."
                            .formatted(
                                    path,
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr(),
                                    firstLine(e.getOriginalMessage())),
                    e);
        } catch (IOException e) {
            throw new CommandFailure("The config file %s cannot be read: %s.".formatted(path, e.getMessage()), e);
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "half-written" : text.lines().findFirst().orElse("half-written");
    }

    private static boolean isYaml(Path path) {
        return path.toString().endsWith(".yaml") || path.toString().endsWith(".yml");
    }

    /** Where it is or will be. */
    public Path path() {
        return path;
    }

    /** The name of the context that holds; empty where there is none. */
    public String current() {
        return Json.text(content, CURRENT);
    }

    /** All contexts by their names. */
    public Map<String, JsonNode> contexts() {
        Map<String, JsonNode> contexts = new java.util.TreeMap<>();
        content.path(CONTEXTS).properties().forEach(entry -> contexts.put(entry.getKey(), entry.getValue()));
        return contexts;
    }

    /** The context that holds, as it stands in the file; an empty object where there is none. */
    public JsonNode currentContext() {
        JsonNode context = content.path(CONTEXTS).path(current());
        return context.isObject() ? context : Json.object();
    }

    /** The context that holds, to be changed and then {@link #write written}; one named {@code default} is made if there is none. */
    public ObjectNode openCurrent() {
        if (current().isEmpty()) {
            content.put(CURRENT, "default");
        }
        return content.withObject("/" + CONTEXTS).withObjectProperty(current());
    }

    /** Makes another context the one that holds. */
    public void setCurrent(String name) {
        content.put(CURRENT, name);
    }

    /** Takes a context out; harmless if there is none of that name. */
    public void remove(String name) {
        content.withObject("/" + CONTEXTS).remove(name);
        if (current().equals(name)) {
            content.put(CURRENT, "");
        }
    }

    /** Writes the whole file or leaves the old one; only this user can read it. */
    public void write() {
        try {
            Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            Files.createDirectories(file.getParent());
            Path written = Files.createTempFile(
                    file.getParent(),
                    "config",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(written, isYaml(path) ? Yaml.write(content) : Json.writePretty(content) + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailure("The config file %s cannot be written: %s.".formatted(path, e.getMessage()), e);
        }
    }
}
