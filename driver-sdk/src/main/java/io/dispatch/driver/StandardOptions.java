package io.dispatch.driver;

import java.util.List;
import java.util.stream.Stream;

/** The options every driver has. */
final class StandardOptions {

    static final Option<String> SINK = Option.text(
            "sink", "complete URL that takes the events; wins over K_SINK and never gets the platform's token");
    static final Option<String> ENDPOINT = Option.text(
                    "dispatch-api-endpoint", "host:port of the gateway, used when neither --sink nor K_SINK is given")
            .withDefault("localhost:8080");
    static final Option<Boolean> DRY_RUN = Option.flag(
                    "dry-run", "log the events instead of sending them, and keep no progress")
            .alias("dryrun");
    static final Option<Boolean> DEBUG = Option.flag("debug", "log each event");
    static final Option<Boolean> DESCRIBE =
            Option.flag("describe", "print this driver's options and event types as JSON");
    static final Option<Boolean> HELP = Option.flag("help", "print this text");

    private StandardOptions() {}

    /** The driver's own options and then these. */
    static List<Option<?>> with(List<Option<?>> own) {
        return Stream.concat(own.stream(), Stream.of(SINK, ENDPOINT, DRY_RUN, DEBUG, DESCRIBE, HELP))
                .toList();
    }
}
