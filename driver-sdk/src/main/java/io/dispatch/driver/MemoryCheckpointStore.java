package io.dispatch.driver;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forgets everything with the process: for dry runs, for tests, and for runs without a place to keep anything. */
final class MemoryCheckpointStore implements CheckpointStore {

    private final Map<String, Checkpoint> documents = new HashMap<>();
    private long versions;

    @Override
    public synchronized Optional<Checkpoint> read(String key) {
        Checkpoint.checkKey(key);
        return Optional.ofNullable(documents.get(key));
    }

    @Override
    public synchronized Checkpoint write(String key, String document, @Nullable String version)
            throws CheckpointConflictException {
        Checkpoint.check(key, document);
        Checkpoint before = documents.get(key);
        if (!Objects.equals(before == null ? null : before.version(), version)) {
            throw new CheckpointConflictException(key);
        }
        Checkpoint after = new Checkpoint(document, Long.toString(++versions));
        documents.put(key, after);
        return after;
    }
}
