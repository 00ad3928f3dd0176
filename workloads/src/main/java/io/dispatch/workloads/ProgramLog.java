package io.dispatch.workloads;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a program prints, in a file of bounded size and one generation before it ({@code .1}). */
final class ProgramLog {

    private static final Logger log = LoggerFactory.getLogger(ProgramLog.class);
    private static final long MAX_BYTES = 4L << 20;
    private static final int MAX_TAIL_BYTES = 64 << 10;
    private static final int MAX_LINE = 500;

    private final Path file;
    private final long maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile String lastLine = "";

    ProgramLog(Path file) {
        this(file, MAX_BYTES);
    }

    ProgramLog(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** The last line with text since {@link #copy} was called; any thread may ask. */
    String lastLine() {
        return lastLine;
    }

    /**
     * Writes all that comes until the program has closed its end. A disk that takes no more never stops the program: its
     * output is then read and dropped.
     */
    void copy(InputStream output) {
        lastLine = "";
        line.reset();
        byte[] buffer = new byte[8192];
        boolean writable = true;
        try (output) {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                noteLines(buffer, n);
                writable = writable && write(buffer, n);
            }
        } catch (IOException e) {
            log.debug("the output of {} broke off: {}", file, e.getMessage());
        }
        endLine();
    }

    /**
     * The end of the file, as far as it lies in its last 64 KiB.
     *
     * @param count at most this many lines, 1 or more
     * @return oldest first; empty when nothing was printed yet
     * @throws IOException when the file is there but cannot be read
     */
    List<String> lastLines(int count) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = Math.max(0, channel.size() - MAX_TAIL_BYTES);
            channel.position(start);
            byte[] tail = Channels.newInputStream(channel).readNBytes(MAX_TAIL_BYTES);
            List<String> lines = new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .skip(start > 0 ? 1 : 0) // the first one may be cut
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private boolean write(byte[] buffer, int n) {
        try {
            if (Files.exists(file) && Files.size(file) + n > maxBytes) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(buffer, 0, n);
            }
            return true;
        } catch (IOException e) {
            log.warn("{} cannot be written, what the program prints is lost: {}", file, e.toString());
            return false;
        }
    }

    private void noteLines(byte[] buffer, int n) {
        for (int i = 0; i < n; i++) {
            if (buffer[i] == '\n') {
                endLine();
            } else if (line.size() < 4 * MAX_LINE) {
                line.write(buffer[i]);
            }
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        line.reset();
        if (!text.isEmpty()) {
            lastLine = text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE);
        }
    }
}
