package io.dispatch.drivermanager.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of running drivers, for their owner's eyes only: a folder for each, with its log and its token. */
final class WorkFolder {

    private final Path root;

    private WorkFolder(Path root) {
        this.root = root;
    }

    static WorkFolder open(Path root) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        return new WorkFolder(root);
    }

    /** For the records of processes. */
    Path processes() {
        return root.resolve("processes");
    }

    Path create(UUID driver) throws IOException {
        return Files.createDirectories(folder(driver));
    }

    /** Replaces the token in one step: a driver that reads meanwhile finds the old one or the new one. */
    Path writeToken(UUID driver, String token) throws IOException {
        Path file = folder(driver).resolve("token");
        Path temporary = folder(driver).resolve("token.tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, token);
        return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(UUID driver) throws IOException {
        if (!Files.exists(folder(driver))) {
            return;
        }
        List<Path> children;
        try (Stream<Path> files = Files.walk(folder(driver))) {
            children = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : children) {
            Files.delete(file);
        }
    }

    private Path folder(UUID driver) {
        return root.resolve(driver.toString());
    }
}
