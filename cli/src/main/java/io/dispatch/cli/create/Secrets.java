package io.dispatch.cli.create;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

/** {@code --secret}: the secrets that what is made will see. */
final class Secrets {

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = "Secrets that it sees; may be repeated or have commas.")
    private @Nullable List<String> given;

    /** Their names; empty where none was given. */
    ArrayNode names() {
        return Lists.split(given);
    }
}
