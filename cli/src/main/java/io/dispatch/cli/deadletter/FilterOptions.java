package io.dispatch.cli.deadletter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class FilterOptions {

    @Option(names = "--subscription", paramLabel = "NAME", description = "Only those of this subscription.")
    private @Nullable String subscription;

    @Option(names = "--function", paramLabel = "NAME", description = "Only those of this function.")
    private @Nullable String function;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only those of events of this type.")
    private @Nullable String type;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Only those with this in their reason.")
    private @Nullable String reason;

    @Option(names = "--since", paramLabel = "TIME", description = "Only those that died then or later (RFC 3339).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that died earlier (RFC 3339).")
    private @Nullable String until;

    /** What was said, by its name in the API. */
    Map<String, String> said() {
        Map<String, String> said = new LinkedHashMap<>();
        put(said, "subscription", subscription);
        put(said, "function", function);
        put(said, "type", type);
        put(said, "reason", reason);
        put(said, "since", since);
        put(said, "until", until);
        return said;
    }

    private static void put(Map<String, String> said, String name, @Nullable String value) {
        if (value != null) {
            said.put(name, value);
        }
    }
}
