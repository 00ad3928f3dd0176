package io.dispatch.postgresql;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes this process the only user of a folder until closed. The operating system lets go of the lock when the
 * process dies, by whatever cause; the file {@code lock} stays and means nothing by itself.
 */
public final class FolderLock implements AutoCloseable {

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock of an existing folder.
     *
     * @return empty if another process, or another part of this one, has it
     * @throws IOException if the file {@code lock} cannot be written
     */
    public static Optional<FolderLock> tryTake(Path folder) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve("lock"), CREATE, READ, WRITE);
        boolean taken = false;
        try {
            FileLock lock = tryLock(file);
            if (lock == null) {
                return Optional.empty();
            }
            file.truncate(0);
            String holder = ProcessHandle.current().pid() + "\n";
            file.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
            taken = true;
            return Optional.of(new FolderLock(file));
        } finally {
            if (!taken) {
                file.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
