package io.dispatch.functioninvoker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Skips a test where a program is missing, and has the build say so at its end. */
final class Installed {

    private static final Path SKIPPED = Path.of("..", "target", "skipped-stages.txt");

    private Installed() {}

    static void assumeInstalled(String program) {
        boolean there = saysItsVersion(program);
        if (!there) {
            String missing = "%s is not installed".formatted(program);
            try {
                Files.createDirectories(SKIPPED.getParent());
                Files.writeString(
                        SKIPPED,
                        "functions from source: %s%n".formatted(missing),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Assumptions.abort(missing);
        }
    }

    private static boolean saysItsVersion(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
