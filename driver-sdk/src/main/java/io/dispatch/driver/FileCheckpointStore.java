package io.dispatch.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file per document, for runs without the platform: written beside, forced to disk, renamed. The version is computed from
 * the content, so it holds across processes; two processes on one folder at once are not guarded against.
 */
final class FileCheckpointStore implements CheckpointStore {

    private final Path folder;

    FileCheckpointStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized Optional<Checkpoint> read(String key) throws IOException {
        Checkpoint.checkKey(key);
        try {
            return Optional.of(checkpoint(Files.readString(file(key))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized Checkpoint write(String key, String document, @Nullable String version) throws IOException {
        Checkpoint.check(key, document);
        if (!Objects.equals(read(key).map(Checkpoint::version).orElse(null), version)) {
            throw new CheckpointConflictException(key);
        }
        Files.createDirectories(folder);
        Path written = folder.resolve(key + ".json.tmp");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(written, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return checkpoint(document);
    }

    private Path file(String key) {
        return folder.resolve(key + ".json");
    }

    private static Checkpoint checkpoint(String document) {
        return new Checkpoint(
                document,
                UUID.nameUUIDFromBytes(document.getBytes(StandardCharsets.UTF_8))
                        .toString());
    }
}
