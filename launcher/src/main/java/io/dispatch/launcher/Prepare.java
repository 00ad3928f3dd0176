package io.dispatch.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code dispatch prepare}: what {@code up} would do before its first start, done by the build. */
@Command(
        name = "prepare",
        description = "Makes what lets `up` start fast; the build has done it.",
        mixinStandardHelpOptions = true)
final class Prepare implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return StopSignal.heededBy(Prepare::prepare);
    }

    private static int prepare() throws InterruptedException {
        Installation installation = Installation.found();
        try {
            Path folder = Files.createTempDirectory("dispatch-prepare-");
            try {
                Settings settings = new Settings(0, folder.resolve("data"), null, folder, false, false, false);
                return new Instance(installation, settings, System.out).prepare()
                        ? CommandLine.ExitCode.OK
                        : CommandLine.ExitCode.SOFTWARE;
            } finally {
                AppCache.delete(folder);
            }
        } catch (IOException e) {
            throw new LaunchException("A temporary folder cannot be written: %s.".formatted(e), e);
        }
    }
}
