package io.dispatch.functioninvoker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Makes gzip tars, well-meant ones and others. */
public final class Tarball {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    public Tarball() {
        try {
            tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** One file and nothing else. */
    public static byte[] of(String path, String content) {
        return new Tarball().file(path, content).bytes();
    }

    /** A file; the path is written as it is. */
    public Tarball file(String path, String content) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(data.length);
        return add(entry, data);
    }

    /** A folder. */
    public Tarball folder(String path) {
        return add(new TarArchiveEntry(path + "/"), new byte[0]);
    }

    /** Something that is neither; {@code type} is one of {@code TarConstants.LF_…}. */
    public Tarball special(String path, byte type, String linkName) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setLinkName(linkName);
        return add(entry, new byte[0]);
    }

    /** A file of zeros. */
    public Tarball zeros(String path, int size) {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(size);
        return add(entry, new byte[size]);
    }

    /** The whole archive. */
    public byte[] bytes() {
        try {
            tar.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The whole archive as it stands in {@code source}. */
    public static String base64(byte[] archive) {
        return Base64.getEncoder().encodeToString(archive);
    }

    private Tarball add(TarArchiveEntry entry, byte[] data) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
