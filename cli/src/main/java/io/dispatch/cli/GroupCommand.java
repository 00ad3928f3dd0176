package io.dispatch.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only has commands below it. */
@Command(synopsisSubcommandLabel = "COMMAND", sortOptions = false)
final class GroupCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec current = spec;
        if (current == null) {
            throw new IllegalStateException("picocli has not run this command");
        }
        throw new CommandLine.ParameterException(
                current.commandLine(),
                "`%s` needs to be told what: name a command below.".formatted(current.qualifiedName()));
    }
}
