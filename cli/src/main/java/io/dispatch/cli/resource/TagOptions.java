package io.dispatch.cli.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which resources are meant, by their tags. */
final class TagOptions {

    @Option(
            names = {"-a", "--application"},
            paramLabel = "NAME",
            description = "Only what belongs to this application (tag Application).")
    private @Nullable String application;

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Only what has this tag; may be repeated.")
    private @Nullable List<String> tags;

    List<String> all() {
        List<String> all = new ArrayList<>();
        if (application != null) {
            all.add("Application=" + application);
        }
        if (tags != null) {
            all.addAll(tags);
        }
        return all;
    }
}
