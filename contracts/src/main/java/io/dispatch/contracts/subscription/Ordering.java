package io.dispatch.contracts.subscription;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Whether one event of a subscription waits for another. */
@Schema(name = "Ordering")
public enum Ordering {
    /** Each event for itself. */
    @JsonProperty("none")
    NONE,
    /** An event waits for those before it that have the same {@code partitionkey} (CloudEvents "Partitioning"). */
    @JsonProperty("key")
    KEY;

    /** As on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
