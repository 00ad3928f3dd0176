package io.dispatch.functioninvoker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.event.CloudEventWriter;
import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.call.CallResult.Succeeded;
import io.dispatch.functioninvoker.run.Reply;
import io.dispatch.functioninvoker.run.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes new events of what functions answer, so that each run makes one at most and no circle of them goes on for ever. */
@Component
final class ReplyEvents {

    private final ReplySettings settings;

    ReplyEvents(ReplySettings settings) {
        this.settings = settings;
    }

    /** What came of a call, once it is known that an event in its answer may become one: else the event called with is to blame. */
    CallResult bounded(CallResult result, LogEntry cause) {
        if (!(result instanceof Succeeded succeeded)
                || succeeded.reply() == null
                || hops(cause.event()) < settings.maxHops()) {
            return result;
        }
        return new Failed(
                Cause.FUNCTION,
                CallResult.INPUT_ERROR,
                "the answer is an event, but its %s must not exceed %d: that many answers have led to this event already"
                        .formatted(Event.HOPS, settings.maxHops()),
                null,
                null,
                null,
                succeeded.output(),
                succeeded.logs());
    }

    /**
     * The event that a run made, or null. Its {@code id} is the run's, so that a run which is repeated after a crash makes the same
     * one; its hops and its cause are ours to say.
     */
    @Nullable
    Reply of(CallResult result, LogEntry cause, RunId run) {
        if (!(result instanceof Succeeded succeeded) || succeeded.reply() == null) {
            return null;
        }
        Map<String, Object> attributes = new LinkedHashMap<>(succeeded.reply().attributes());
        attributes.put("id", run.uuid().toString());
        attributes.put(Event.HOPS, hops(cause.event()) + 1);
        attributes.put(Event.CAUSE, EventId.of(cause.position()).toString());
        Event event = Event.of(attributes, succeeded.reply().data());
        return new Reply(cause.organization(), new String(CloudEventWriter.structured(event), UTF_8));
    }

    /** How many answers led to an event; what is no count was not written by us, and counts as none. */
    private static int hops(Event event) {
        return switch (event.attribute(Event.HOPS)) {
            case Integer number -> Math.max(0, number);
            case String text when text.matches("[0-9]{1,9}") -> Integer.parseInt(text);
            case null, default -> 0;
        };
    }
}
