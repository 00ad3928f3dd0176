package io.dispatch.contracts.function;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** How a function is called. */
@Schema(name = "FunctionProtocol")
public enum Protocol {
    /** A CloudEvent over HTTP in binary mode (CloudEvents HTTP binding 1.0.2 section 3.1). */
    @JsonProperty("cloudevents")
    CLOUDEVENTS,
    /** The original's envelope, {@code {"context","payload"}} both ways. */
    @JsonProperty("dispatch")
    DISPATCH;

    /** As on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
