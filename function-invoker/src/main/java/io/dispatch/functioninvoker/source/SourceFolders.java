package io.dispatch.functioninvoker.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Sources unpacked on disk, one folder for each content of each function, made anew by each process: what another one left is
 * removed first, so nothing that a crash or a function has spoilt is used again. A folder appears under its name only when it
 * is whole. For one thread at a time.
 */
final class SourceFolders {

    private final Path root;
    private final Set<Path> unpacked = new HashSet<>();

    /** @param root for this process only; what stands in it is removed */
    SourceFolders(Path root) throws IOException {
        this.root = root;
        FileSystemUtils.deleteRecursively(root);
        Files.createDirectories(root);
    }

    /** Whether this folder is there. */
    boolean has(Path folder) {
        return unpacked.contains(folder);
    }

    /** Where a function's source with this hash is unpacked, or would be. */
    Path folder(UUID function, String sha256) {
        return root.resolve(function + "-" + sha256);
    }

    /**
     * Unpacks a source.
     *
     * @param folder one that is not there
     *
     * @throws IOException if the disk does not take it; the next try begins anew
     */
    void unpack(Path folder, byte[] archive) throws IOException {
        Path unfinished = root.resolve(folder.getFileName() + ".unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
        Files.createDirectories(unfinished);
        TarGz.unpack(archive, unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        unpacked.add(folder);
    }

    /** Removes all folders but these. */
    void retain(Set<Path> wanted) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.toList();
        }
        for (Path folder : folders) {
            if (!wanted.contains(folder)) {
                unpacked.remove(folder);
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }
}
