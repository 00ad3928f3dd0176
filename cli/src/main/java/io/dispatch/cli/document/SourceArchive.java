package io.dispatch.cli.document;

import io.dispatch.cli.output.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A function's source as a gzip tar: the same bytes for the same files, whenever and by whomever it is packed. */
public final class SourceArchive {

    private static final int READABLE = 0644;
    private static final int EXECUTABLE = 0755;

    private SourceArchive() {}

    /**
     * Packs a file, or what is in a folder; links are left out.
     *
     * @throws CommandFailure if there is no such file
     */
    public static byte[] of(Path path) {
        if (!Files.exists(path)) {
            throw new CommandFailure("The source %s is not there.".formatted(path));
        }
        try {
            return pack(tar -> {
                if (Files.isDirectory(path)) {
                    for (Path file : files(path)) {
                        add(tar, path.relativize(file).toString(), Files.readAllBytes(file), Files.isExecutable(file));
                    }
                } else {
                    add(tar, path.getFileName().toString(), Files.readAllBytes(path), Files.isExecutable(path));
                }
            });
        } catch (IOException e) {
            throw new CommandFailure("The source %s cannot be read: %s.".formatted(path, e.getMessage()), e);
        }
    }

    /** Packs one file. */
    static byte[] ofFile(String name, byte[] content) {
        try {
            return pack(tar -> add(tar, name, content, false));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] pack(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filling.fill(tar);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content, boolean executable)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(executable ? EXECUTABLE : READABLE);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Puts files into an archive. */
    @FunctionalInterface
    private interface Filling {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }
}
