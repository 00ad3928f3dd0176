package io.dispatch.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * A service's program, unpacked from the jar that the build made: it starts in a third of the time that way, and the
 * JVM can keep what it learned of it (the AOT cache).
 *
 * @param service whose program it is
 * @param folder named by the jar's content, so a new build never disturbs an instance that runs
 */
record App(Service service, Path folder) {

    /**
     * Unpacks the jar unless it is unpacked.
     *
     * @param cache shared by any number of processes
     * @throws LaunchException if that fails
     */
    static App unpack(Service service, Path jar, Path cache) throws InterruptedException {
        try {
            Path folder = cache.resolve(service.moduleName() + "-" + fingerprint(jar));
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(cache);
                unpack(jar, folder, Files.createTempDirectory(cache, "unpacking-"));
            }
            return new App(service, folder);
        } catch (IOException e) {
            throw new LaunchException("%s cannot be unpacked into %s: %s.".formatted(jar, cache, e), e);
        }
    }

    private static void unpack(Path jar, Path folder, Path unpacked) throws IOException, InterruptedException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry("BOOT-INF/") == null) {
                Files.copy(jar, unpacked.resolve(jar.getFileName()));
            } else {
                extract(jar, unpacked);
            }
            Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(unpacked);
            // Another process was faster: its copy is as good.
            if (!Files.isDirectory(folder)) {
                throw e;
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

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that runs it, by the AOT cache if that was made. */
    List<String> command(Path temporaryFolder) {
        List<String> arguments = new ArrayList<>();
        if (Files.exists(aotCache())) {
            arguments.add("-XX:AOTCache=" + aotCache());
        }
        arguments.add("-Djava.io.tmpdir=" + temporaryFolder);
        return java(arguments);
    }

    /** A command that runs it with other JVM arguments before the usual ones. */
    List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.SERVICE_FLAGS);
        command.addAll(arguments);
        command.addAll(List.of(
                "-jar", folder.resolve(service.moduleName() + "-app.jar").toString()));
        return command;
    }

    /** Where the AOT cache is or will be; one for each build of the JDK, as it fits no other. */
    Path aotCache() {
        return folder.resolve("java-" + Runtime.version().toString().replaceAll("[^0-9A-Za-z.+-]", "_") + ".aot");
    }
}
