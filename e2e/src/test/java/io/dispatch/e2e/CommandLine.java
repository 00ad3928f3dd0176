package io.dispatch.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code dispatch}, as somebody of one organization types it at a product that runs. */
final class CommandLine {

    private static final int LONGEST_SECONDS = 60;

    private final Product product;
    private final String organization;
    private final Path folder;

    CommandLine(Product product, String organization) throws IOException {
        this.product = product;
        this.organization = organization;
        this.folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "command-line")), "home-")
                .toAbsolutePath();
    }

    /** What a command left behind. */
    record Ended(int status, String out, String err) {}

    /** A file in the folder that commands run in. */
    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    Ended dispatch(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Product.ROOT.resolve("dispatch").toString()));
        command.addAll(Arrays.asList(words));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("DISPATCH_HOST", "localhost");
        builder.environment()
                .put("DISPATCH_PORT", product.url().substring(product.url().lastIndexOf(':') + 1));
        builder.environment().put("DISPATCH_SCHEME", "http");
        builder.environment().put("DISPATCH_ORGANIZATION", organization);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Ended(
                process.waitFor(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** What a command prints that must end well. */
    String says(String... words) throws IOException, InterruptedException {
        Ended ended = dispatch(words);
        if (ended.status() != 0) {
            throw new AssertionError("%s: %s".formatted(Arrays.toString(words), ended));
        }
        return ended.out();
    }
}
