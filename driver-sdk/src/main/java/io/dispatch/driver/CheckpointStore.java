package io.dispatch.driver;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small JSON documents in which a driver keeps its progress, each changed by compare-and-set: whoever holds an old version, a
 * forgotten second process for example, overwrites nothing. Thread-safe.
 */
public interface CheckpointStore {

    /** The longest document, in bytes of UTF-8. */
    int MAX_BYTES = 64 * 1024;

    /**
     * The document as it is now, or nothing.
     *
     * @param key 1 to 64 lower-case letters, digits, dots and dashes; begins with a letter or digit
     * @throws IOException if the store cannot be asked
     */
    Optional<Checkpoint> read(String key) throws IOException;

    /**
     * Writes a document; when this returns it survives a crash.
     *
     * @param version the version that is replaced, null when there must be none yet
     * @return what is stored now
     * @throws CheckpointConflictException if another version is stored
     * @throws IOException if the store cannot be asked; the document may or may not have been written
     * @throws IllegalArgumentException if the key is none or the document is longer than {@value #MAX_BYTES} bytes
     */
    Checkpoint write(String key, String document, @Nullable String version) throws IOException;
}
