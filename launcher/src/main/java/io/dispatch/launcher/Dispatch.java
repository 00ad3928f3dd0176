package io.dispatch.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code dispatch}. */
@Command(
        name = "dispatch",
        description = "An open event platform.",
        mixinStandardHelpOptions = true,
        subcommands = {Up.class, Prepare.class},
        synopsisSubcommandLabel = "COMMAND")
final class Dispatch {

    private Dispatch() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Dispatch()).execute(args));
    }
}
