package io.dispatch.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A service's program, unpacked and ready to run.
 *
 * @param service whose program it is
 * @param folder named by what is in it, so that a new build never disturbs an instance that runs
 */
record App(Service service, Path folder) {

    /** The command that runs it, by its AOT cache if that was made. */
    List<String> command(Path temporaryFolder) {
        List<String> arguments = new ArrayList<>();
        if (Files.exists(aotCache())) {
            arguments.add("-XX:AOTCache=" + aotCache());
        }
        arguments.add("-Djava.io.tmpdir=" + temporaryFolder);
        return java(arguments);
    }

    /**
     * A command that starts it as far as its context is made, lets the JVM write down what it learned, and ends. Without C2:
     * what that learns from would make it compile at once, at each start, what only a start needs. What was compiled at level 1
     * here would stay at level 1 for good there: the cheapest start, for a service that is never busy.
     */
    List<String> trainingCommand(Path output, Path temporaryFolder) {
        return java(List.of(
                "-XX:TieredStopAtLevel=" + (service == Service.DRIVER_MANAGER ? 1 : 2),
                "-XX:AOTCacheOutput=" + output,
                "-Dspring.context.exit=onRefresh",
                "-Djava.io.tmpdir=" + temporaryFolder));
    }

    private List<String> java(List<String> arguments) {
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
