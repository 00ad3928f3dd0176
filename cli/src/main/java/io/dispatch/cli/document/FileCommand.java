package io.dispatch.cli.document;

import io.dispatch.cli.session.Session;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code create}, {@code update}, {@code apply} and {@code delete} with {@code -f}; some have commands below them. */
@Command(sortOptions = false)
public final class FileCommand implements Callable<Integer> {

    private final Session session;
    private final DocumentAction action;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "YAML or JSON documents: a path, a URL, or - for standard input.")
    private @Nullable String file;

    @Option(
            names = {"-w", "--work-dir"},
            paramLabel = "FOLDER",
            description = "Put before relative paths: the file's and those in it.")
    private Path workFolder = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    public FileCommand(Session session, DocumentAction action) {
        this.session = session;
        this.action = action;
    }

    @Override
    public Integer call() {
        String given = file;
        if (given == null) {
            CommandSpec current = spec;
            if (current == null) {
                throw new IllegalStateException("picocli has not run this command");
            }
            throw new CommandLine.ParameterException(
                    current.commandLine(),
                    "Say what to %s: name a command below, or a file with -f.".formatted(current.name()));
        }
        new DocumentRun(session, action).of(workFolder, given);
        return 0;
    }
}
