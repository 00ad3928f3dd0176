package io.dispatch.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dispatch up}: runs everything here until Ctrl-C. */
@Command(
        name = "up",
        description = "Runs PostgreSQL and the four services on this machine until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Up implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the gateway listens on 127.0.0.1 (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Where data, logs and keys are kept (default .dispatch/data beside this script).")
    private @Nullable Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "An existing database for this installation alone, postgresql://user@host:port/database, in place of one that is started here; the password is better given as PGPASSWORD. The user must be a superuser, or have CREATEROLE and own the database.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--functions",
            paramLabel = "FOLDER",
            description =
                    "Where the programs of command functions are (default ./functions, or the one beside this script where there is none).")
    private @Nullable Path functions;

    @Option(names = "--auth", description = "Callers need a token; makes an account and prints one.")
    private boolean auth;

    @Option(names = "--strict", description = "Every header rule of the original holds, as conformance tests want it.")
    private boolean strict;

    @Option(
            names = "--demo",
            description = "Creates the quick start's driver, function and subscription, and shows the runs.")
    private boolean demo;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.found();
        return StopSignal.heededBy(() -> {
            new Instance(installation, settings(installation), System.out).run();
            return CommandLine.ExitCode.OK;
        });
    }

    private Settings settings(Installation installation) {
        if (port < 1 || port > 65_535) {
            throw new CommandLine.ParameterException(
                    commandLine(), "--port must be between 1 and 65535, was %d.".formatted(port));
        }
        Path chosen = data == null ? installation.defaultData() : data;
        return new Settings(
                port,
                chosen.toAbsolutePath().normalize(),
                databaseUrl == null ? null : GivenDatabase.parse(databaseUrl, System.getenv()),
                functions(installation).toAbsolutePath().normalize(),
                auth,
                strict,
                demo);
    }

    private Path functions(Installation installation) {
        Path given = functions;
        if (given != null) {
            return given;
        }
        Path here = Path.of("functions");
        return Files.isDirectory(here) ? here : installation.functions();
    }

    private CommandLine commandLine() {
        CommandSpec current = spec;
        if (current == null) {
            throw new IllegalStateException("picocli has not run this command");
        }
        return current.commandLine();
    }
}
