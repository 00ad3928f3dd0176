package io.dispatch.launcher;

import io.dispatch.postgresql.FolderLock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** All that one instance keeps, in a folder that only this user can read and only one launcher uses at a time. */
final class DataFolder implements AutoCloseable {

    private final Path root;
    private final FolderLock lock;

    private DataFolder(Path root, FolderLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is not there, and takes it.
     *
     * @throws LaunchException if it cannot be written or another launcher uses it
     */
    static DataFolder open(Path root) {
        try {
            create(root);
            FolderLock lock = FolderLock.tryTake(root)
                    .orElseThrow(() -> new LaunchException(
                            "Another Dispatch already runs on %s: stop it, or choose another folder with --data-dir."
                                    .formatted(root)));
            return new DataFolder(root, lock);
        } catch (IOException e) {
            throw new LaunchException(
                    "The folder %s cannot be written (%s): choose another with --data-dir.".formatted(root, reason(e)),
                    e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : e.toString();
    }

    private static void create(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** A folder in it, made if it is not there. */
    Path folder(String name) {
        Path folder = root.resolve(name);
        try {
            create(folder);
            return folder;
        } catch (IOException e) {
            throw new LaunchException(
                    "The folder %s cannot be written (%s): choose another with --data-dir."
                            .formatted(folder, reason(e)),
                    e);
        }
    }

    /** A file or folder in it, which need not be there. */
    Path path(String name) {
        return root.resolve(name);
    }

    /** What a service prints. */
    Path log(Service service) {
        return folder("logs").resolve(service.moduleName() + ".log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LaunchException("The lock of %s cannot be given back: %s.".formatted(root, e), e);
        }
    }
}
