package io.dispatch.cli.document;

import io.dispatch.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a file of documents and what it names are read from: a folder, or an address. */
final class DocumentSource {

    private static final int MOST_BYTES = 32 * 1024 * 1024;
    private static final int PATIENCE_MILLIS = 30_000;

    private final Path folder;
    private final String file;
    private final InputStream standardInput;

    /**
     * @param folder put before each relative path; empty for the current one
     * @param file a path, an {@code http(s)} URL, or {@code -} for standard input
     */
    DocumentSource(Path folder, String file, InputStream standardInput) {
        this.folder = folder;
        this.file = file;
        this.standardInput = standardInput;
    }

    /** The documents. */
    String text() {
        if (file.equals("-")) {
            try {
                return new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new CommandFailure("Standard input cannot be read: %s.".formatted(e.getMessage()), e);
            }
        }
        return new String(isUrl() ? fetch(URI.create(file)) : read(folder.resolve(file)), StandardCharsets.UTF_8);
    }

    /** A file that a document names with {@code @}. */
    String textOf(String path) {
        return new String(
                isUrl() ? fetch(URI.create(file).resolve(path)) : read(folder.resolve(path)), StandardCharsets.UTF_8);
    }

    /** A function's source, a file or a folder, as a gzip tar. */
    byte[] archiveOf(String path) {
        if (isUrl()) {
            byte[] content = fetch(URI.create(file).resolve(path));
            return path.endsWith(".tar.gz") || path.endsWith(".tgz")
                    ? content
                    : SourceArchive.ofFile(Path.of(path).getFileName().toString(), content);
        }
        return SourceArchive.of(folder.resolve(path));
    }

    boolean isUrl() {
        return file.startsWith("http://") || file.startsWith("https://");
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("The file %s is not there.".formatted(path), e);
        } catch (IOException e) {
            throw new CommandFailure("The file %s cannot be read: %s.".formatted(path, e.getMessage()), e);
        }
    }

    private static byte[] fetch(URI url) {
        try {
            URLConnection connection = url.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            if (connection instanceof HttpURLConnection http && http.getResponseCode() != 200) {
                throw new CommandFailure("%s was answered with %d.".formatted(url, http.getResponseCode()));
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] content = in.readNBytes(MOST_BYTES + 1);
                if (content.length > MOST_BYTES) {
                    throw new CommandFailure("%s is larger than %d MiB.".formatted(url, MOST_BYTES / 1024 / 1024));
                }
                return content;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("%s cannot be read: %s.".formatted(url, e.getMessage()), e);
        }
    }
}
