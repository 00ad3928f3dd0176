package io.dispatch.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/** The platform's token: from {@code DISPATCH_TOKEN_FILE}, which the platform renews, else {@code AUTH_TOKEN}. Thread-safe. */
final class BearerToken {

    private final @Nullable Path file;
    private volatile @Nullable String value;

    private BearerToken(@Nullable Path file, @Nullable String value) {
        this.file = file;
        this.value = value;
    }

    static BearerToken from(Map<String, String> environment) {
        String path = environment.getOrDefault("DISPATCH_TOKEN_FILE", "");
        if (path.isEmpty()) {
            return new BearerToken(null, environment.get("AUTH_TOKEN"));
        }
        BearerToken token = new BearerToken(Path.of(path), null);
        token.reload();
        return token;
    }

    void authorize(HttpMessage request) {
        String token = value;
        if (token != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
    }

    /** Reads the file again and tells whether it holds another token than before; a file that cannot be read keeps the old one. */
    boolean reload() {
        Optional<String> read = read();
        boolean changed = read.isPresent() && !read.get().equals(value);
        if (changed) {
            value = read.get();
        }
        return changed;
    }

    private Optional<String> read() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
