package io.dispatch.functioninvoker.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads archives of strangers: a tar (POSIX.1-2017 pax) in gzip (RFC 1952). At most {@value #MOST_BYTES} bytes as it comes,
 * {@value #MOST_UNPACKED} bytes and {@value #MOST_ENTRIES} entries unpacked; files and folders only, each below the folder
 * that it is unpacked to.
 */
final class TarGz {

    /** The most bytes of an archive. */
    static final int MOST_BYTES = 8 << 20;

    /** The most bytes that come out of one, what stands between the files included. */
    static final long MOST_UNPACKED = 64L << 20;

    /** The most files and folders in one. */
    static final int MOST_ENTRIES = 10_000;

    private static final int COPY = 16 << 10;

    private TarGz() {}

    /**
     * Reads an archive to its end and writes nothing.
     *
     * @throws RefusedArchive if it breaks a rule, or is none
     */
    static void check(byte[] archive) throws RefusedArchive {
        try {
            read(archive, (_, _, content) -> content.transferTo(OutputStream.nullOutputStream()));
        } catch (RefusedArchive e) {
            throw e;
        } catch (IOException e) {
            throw new RefusedArchive("is no whole gzip archive of a tar: " + e.getMessage());
        }
    }

    /**
     * Unpacks an archive.
     *
     * @param folder an empty folder of the caller's own
     * @throws IOException if the archive breaks a rule or the disk does not take it; what was written so far is left there
     */
    static void unpack(byte[] archive, Path folder) throws IOException {
        read(archive, (path, entry, content) -> {
            Path target = folder.resolve(path);
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                return;
            }
            Files.createDirectories(Objects.requireNonNullElse(target.getParent(), folder));
            try (OutputStream out = Files.newOutputStream(target)) {
                content.transferTo(out);
            }
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, true)) {
                throw new IOException("%s cannot be made executable".formatted(path));
            }
        });
    }

    private static void read(byte[] archive, Visitor visitor) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(archive), COPY);
                var whole = new LimitedInput(gzip, MOST_UNPACKED);
                var tar = new TarArchiveInputStream(whole)) {
            var paths = new EntryPaths();
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                visitor.visit(paths.next(entry), entry, tar);
            }
            if (paths.files() == 0) {
                throw new RefusedArchive("holds no file");
            }
            whole.transferTo(OutputStream.nullOutputStream()); // up to gzip's check sum, which is compared at the end
        } catch (RuntimeException e) {
            // The library lets some of Java's own exceptions through where a header lies.
            throw new IOException(e.toString(), e);
        }
    }

    /** Sees each entry in turn. */
    @FunctionalInterface
    private interface Visitor {

        /**
         * @param path of the entry, relative and without {@code ..}
         * @param content of this entry only
         */
        void visit(Path path, TarArchiveEntry entry, InputStream content) throws IOException;
    }
}
