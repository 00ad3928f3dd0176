package io.dispatch.launcher;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The services' programs, unpacked from the jars that the build made: they start in a third of the time that way. The
 * folder is shared by any number of processes; a build's programs are removed when a newer build is unpacked and nobody
 * runs them any more.
 */
final class AppCache implements AutoCloseable {

    /** A process that runs a program has a shared lock on this file in its folder. */
    private static final String IN_USE = "in-use";

    private final Path cache;
    private final List<FileChannel> inUse = new ArrayList<>();

    AppCache(Path cache) {
        this.cache = cache;
    }

    /**
     * Unpacks a jar unless it is unpacked, and keeps it from being removed until this is closed.
     *
     * @throws LaunchException if that fails
     */
    App unpack(Service service, Path jar) throws InterruptedException {
        try {
            Files.createDirectories(cache);
            Path folder = cache.resolve(service.moduleName() + "-" + fingerprint(jar));
            if (!Files.isDirectory(folder)) {
                unpack(jar, folder);
            }
            FileChannel lock = FileChannel.open(folder.resolve(IN_USE), CREATE, READ, WRITE);
            inUse.add(lock);
            lock.lock(0, Long.MAX_VALUE, true);
            removeOthers(service, folder);
            return new App(service, folder);
        } catch (IOException e) {
            throw new LaunchException("%s cannot be unpacked into %s: %s.".formatted(jar, cache, e), e);
        }
    }

    private void unpack(Path jar, Path folder) throws IOException, InterruptedException {
        Path unpacked = Files.createTempDirectory(cache, "unpacking-");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry("BOOT-INF/") == null) {
                Files.copy(jar, unpacked.resolve(jar.getFileName()));
            } else {
                extract(jar, unpacked);
            }
            Files.move(unpacked, folder, ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process may have been faster: its copy is as good.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        } finally {
            if (Files.exists(unpacked)) {
                delete(unpacked);
            }
        }
    }

    private static void extract(Path jar, Path unpacked) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Jvm.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        unpacked.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output.strip());
        }
    }

    /** Of what is in the jar, whenever and wherever it was built; reads the table of contents only. */
    private static String fingerprint(Path jar) throws IOException {
        List<String> contents = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                contents.add("%s %x %d".formatted(entry.getName(), entry.getCrc(), entry.getSize()));
            }
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", contents).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void removeOthers(Service service, Path current) throws IOException {
        List<Path> others;
        try (Stream<Path> folders = Files.list(cache)) {
            others = folders.filter(folder -> folder.getFileName().toString().startsWith(service.moduleName() + "-")
                            && !folder.equals(current))
                    .toList();
        }
        for (Path other : others) {
            try (FileChannel lock = FileChannel.open(other.resolve(IN_USE), CREATE, READ, WRITE)) {
                if (isTaken(lock)) {
                    delete(other);
                }
            }
        }
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes a folder and all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        for (FileChannel lock : inUse) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new LaunchException(
                        "The lock of a program in %s cannot be given back: %s.".formatted(cache, e), e);
            }
        }
    }
}
