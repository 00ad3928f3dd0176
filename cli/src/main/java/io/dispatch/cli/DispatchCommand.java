package io.dispatch.cli;

import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.GlobalOptions;
import io.dispatch.cli.session.Session;
import io.dispatch.cli.session.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command {@code dispatch}, of which everything else is a part. */
@Command(
        name = "dispatch",
        description = "An open event platform.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch up                                         run a server on this machine",
            "  dispatch create -f shop.yaml                        create what a file describes",
            "  dispatch get subscriptions                          show what there is",
            "  dispatch emit order.paid --data '{\"order\": 4711}'   emit an event",
            "  dispatch runs send-receipt --follow                 see what runs",
            "  dispatch doctor                                     which server this is, and whether it works",
            "",
            "Each value is taken from its flag, else from DISPATCH_… (such as DISPATCH_ORGANIZATION),",
            "else from the current context. Without any the server is the one that `dispatch up` runs here."
        })
final class DispatchCommand extends GlobalOptions implements Runnable {

    /** They show or know all commands. */
    private static final Set<String> SHOWING_ALL = Set.of("-h", "--help", "completion");

    private final Surroundings surroundings;

    private DispatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs one command line and gives its exit code: 0, or 1 after one line on standard error. */
    static int run(Surroundings surroundings, String... args) {
        List<String> words = List.of(args);
        boolean showsAll = words.stream().anyMatch(SHOWING_ALL::contains);
        boolean hidesWords = words.stream().anyMatch(word -> word.startsWith("@"));
        return showsAll || hidesWords
                ? whole(surroundings).execute(args)
                : branch(surroundings, words).execute(args);
    }

    @Override
    public void run() {
        whole(surroundings).usage(surroundings.out());
    }

    private static CommandLine whole(Surroundings surroundings) {
        return commandLine(surroundings, _ -> true).setParameterExceptionHandler((e, _) -> misused(e));
    }

    /** A command is meant by its whole name only, so that only those that are named need to be there; misuse is told by all. */
    private static CommandLine branch(Surroundings surroundings, List<String> words) {
        return commandLine(surroundings, words::contains)
                .setParameterExceptionHandler((_, args) -> whole(surroundings).execute(args));
    }

    private static CommandLine commandLine(Surroundings surroundings, Predicate<String> meant) {
        DispatchCommand root = new DispatchCommand(surroundings);
        CommandLine commandLine = new CommandLine(root);
        Commands.addTo(commandLine, new Session(surroundings, root), meant);
        Ansi colours = surroundings.terminal().colouredOut() ? Ansi.ON : Ansi.OFF;
        return commandLine
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours))
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setAbbreviatedOptionsAllowed(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(120)
                .setExecutionExceptionHandler((e, _, _) -> failed(e, surroundings));
    }

    private static int failed(Exception e, Surroundings surroundings) {
        surroundings
                .err()
                .println(
                        e instanceof CommandFailure
                                ? e.getMessage()
                                : "This is a defect of the command (%s): please report it with what you did."
                                        .formatted(e));
        return 1;
    }

    /** What is wrong, what may have been meant, and how the command is used. */
    private static int misused(CommandLine.ParameterException e) {
        CommandLine commandLine = e.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println(e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            commandLine.usage(err, commandLine.getColorScheme());
        }
        return 1;
    }
}
