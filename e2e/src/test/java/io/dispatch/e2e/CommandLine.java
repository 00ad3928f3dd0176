package io.dispatch.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command {@code dispatch}, as somebody of one organization types it at a product that runs. */
final class CommandLine {

    private static final int LONGEST_SECONDS = 60;

    private final Map<String, String> variables;
    private final Path folder;

    private CommandLine(Map<String, String> variables) throws IOException {
        this.variables = variables;
        this.folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "command-line")), "home-")
                .toAbsolutePath();
    }

    CommandLine(Product product, String organization) throws IOException {
        this(Map.of(
                "DISPATCH_HOST",
                "localhost",
                "DISPATCH_PORT",
                product.port(),
                "DISPATCH_SCHEME",
                "http",
                "DISPATCH_ORGANIZATION",
                organization));
    }

    /** Of somebody who has told nothing of the server yet. */
    static CommandLine withoutVariables() throws IOException {
        return new CommandLine(Map.of());
    }

    /** The folder that commands run in, which is the user's home, too. */
    Path folder() {
        return folder;
    }

    /** What a command left behind. */
    record Ended(int status, String out, String err) {}

    /** A file in the folder that commands run in. */
    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    Ended dispatch(String... words) throws IOException, InterruptedException {
        return start(Map.of(), words).awaitEnd();
    }

    /**
     * Begins a command that stays.
     *
     * @param more variables of its environment
     */
    Running start(Map<String, String> more, String... words) throws IOException {
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
        builder.environment().putAll(variables);
        builder.environment().putAll(more);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, out, err);
    }

    /** A command that has not ended yet, perhaps. */
    record Running(Process process, Path out, Path err) implements AutoCloseable {

        String printed() throws IOException {
            return Files.readString(out, StandardCharsets.UTF_8);
        }

        Ended awaitEnd() throws IOException, InterruptedException {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Ended(process.waitFor(), printed(), Files.readString(err, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            process.destroy();
        }
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
