package io.dispatch.driver;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A stored document.
 *
 * @param document JSON
 * @param version opaque; changes with every change of the document
 */
public record Checkpoint(String document, String version) {

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    static void checkKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("\"%s\" is no checkpoint key: %s".formatted(key, KEY));
        }
    }

    static void check(String key, String document) {
        checkKey(key);
        int length = document.getBytes(StandardCharsets.UTF_8).length;
        if (length > CheckpointStore.MAX_BYTES) {
            throw new IllegalArgumentException("checkpoint %s has %d bytes; at most %d are kept"
                    .formatted(key, length, CheckpointStore.MAX_BYTES));
        }
    }
}
