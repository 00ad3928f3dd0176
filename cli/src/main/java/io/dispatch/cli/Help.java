package io.dispatch.cli;

import io.dispatch.cli.resource.Kind;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How the help of every command looks: its own options in full, those that all commands have in one line. */
final class Help {

    private Help() {}

    /** Gives a command and all below it {@code -h}, and their help its shape. */
    static void shape(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this.")
                        .build());
        if (commandLine.getParent() != null) {
            commandLine
                    .getHelpSectionMap()
                    .put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> synopsis(help, commandLine));
            commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Help::ownOptions);
        }
        commandLine.getCommandSpec().subcommands().values().stream().distinct().forEach(Help::shape);
    }

    /** Such as {@code event driver types}. */
    static String plural(Kind kind) {
        return switch (kind) {
            case DRIVER -> "event drivers";
            case DRIVER_TYPE -> "event driver types";
            case POLICY -> "policies";
            case BASE_IMAGE -> "base images";
            case SERVICE_ACCOUNT -> "service accounts";
            case API, FUNCTION, IMAGE, ORGANIZATION, SECRET, SUBSCRIPTION ->
                kind.word().toLowerCase(Locale.ROOT) + "s";
        };
    }

    private static String synopsis(CommandLine.Help help, CommandLine commandLine) {
        StringBuilder line = new StringBuilder(commandLine.getCommandSpec().qualifiedName());
        boolean hasOptions = commandLine.getCommandSpec().options().stream()
                .anyMatch(option -> !option.inherited() && !option.hidden() && !option.usageHelp());
        if (hasOptions) {
            line.append(" [OPTIONS]");
        }
        commandLine.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .forEach(parameter -> line.append(
                        parameter.arity().min() == 0
                                ? " [%s]".formatted(parameter.paramLabel())
                                : parameter.arity().max() > 1
                                        ? " %s…".formatted(parameter.paramLabel())
                                        : " " + parameter.paramLabel()));
        if (!commandLine.getSubcommands().isEmpty()) {
            line.append(hasOptions ? " [COMMAND]" : " COMMAND");
        }
        return help.colorScheme().text(line.toString()).toString() + System.lineSeparator();
    }

    private static String ownOptions(CommandLine.Help help) {
        CommandLine.Help.Layout layout = help.createDefaultLayout();
        help.commandSpec().options().stream()
                .filter(option -> !option.inherited() && !option.hidden())
                .forEach(option -> layout.addOption(option, help.parameterLabelRenderer()));
        return layout + "  (and what `dispatch --help` shows: --host, --organization, -o, …)" + System.lineSeparator();
    }
}
