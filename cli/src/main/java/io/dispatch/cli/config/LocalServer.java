package io.dispatch.cli.config;

import io.dispatch.cli.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The server that {@code dispatch up} last recorded as ready, in a file beside the script.
 *
 * @param url where its gateway listens
 * @param organization what belongs to its users
 * @param serviceAccount {@code organization/account} of its first account, or null where nobody needs one
 * @param privateKey of that account, or null
 */
record LocalServer(
        URI url,
        String organization,
        @Nullable String serviceAccount,
        @Nullable Path privateKey) {

    /** The script names its own folder in this variable. */
    private static final String ROOT = "DISPATCH_ROOT";

    /** The one that runs now; empty where none was recorded, or its process has ended. */
    static Optional<LocalServer> running(Map<String, String> environment) {
        String root = environment.getOrDefault(ROOT, "");
        if (root.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(root, ".dispatch", "server.json");
        try {
            JsonNode record = Json.parse(Files.readString(file));
            boolean runs = ProcessHandle.of(record.path("pid").asLong(0))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
            return runs ? Optional.of(of(record)) : Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            // No record, or one that is no longer or not yet whole: then nobody has said that he is ready.
            return Optional.empty();
        }
    }

    private static LocalServer of(JsonNode record) {
        String account = Json.text(record, "serviceaccount");
        String key = Json.text(record, "jwtprivatekey");
        return new LocalServer(
                URI.create(Json.text(record, "url")),
                Json.text(record, "organization"),
                account.isEmpty() ? null : account,
                key.isEmpty() ? null : Path.of(key));
    }
}
