package io.dispatch.cli;

import io.dispatch.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: what a shell needs to complete the words of this command. */
@Command(
        name = "completion",
        description = "Prints the completions for bash or zsh.",
        sortOptions = false,
        footer = {"", "Example:", "  source <(dispatch completion bash)"})
final class CompletionCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "bash or zsh; both understand the same.")
    private String shell = "bash";

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new io.dispatch.cli.output.CommandFailure(
                    "There are completions for bash and zsh, not for %s.".formatted(shell));
        }
        CommandSpec current = spec;
        if (current == null) {
            throw new IllegalStateException("picocli has not run this command");
        }
        session.printer().line(AutoComplete.bash("dispatch", current.root().commandLine()));
        return 0;
    }
}
