package io.dispatch.cli.event;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import java.io.InputStream;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Emits one event after the other, in the order in which they stand in a stream; none is held back for the next. */
final class Emits {

    private static final Map<String, String> CLOUD_EVENT = Map.of("Content-Type", "application/cloudevents+json");

    private final Api api;
    private final UnaryOperator<JsonNode> toEvent;
    private final Progress progress;

    /** @param toEvent makes an event of a value */
    Emits(Api api, UnaryOperator<JsonNode> toEvent, Progress progress) {
        this.api = api;
        this.toEvent = toEvent;
        this.progress = progress;
    }

    /**
     * Emits all that stand in a stream.
     *
     * @throws CommandFailure at the first that cannot be emitted; it says how many were before
     */
    void all(InputStream in, String name) {
        try (Json.Values values = Json.values(in)) {
            while (values.hasNext()) {
                emit(values.next());
                progress.step(values.position());
            }
            progress.finish();
        } catch (JacksonException e) {
            throw stopped("the next value of %s is no JSON (line %d)".formatted(name, line(e)), e);
        } catch (CommandFailure e) {
            throw stopped(e.getMessage(), e);
        }
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private void emit(JsonNode value) {
        JsonNode event = toEvent.apply(value);
        Map<String, String> headers = event.path("specversion").isString() ? CLOUD_EVENT : Map.of();
        api.send("POST", "/v1/event", event, headers).orThrow();
    }

    private CommandFailure stopped(String reason, Exception e) {
        progress.finish();
        return new CommandFailure(
                "Stopped at event %d: %s. The %d before it were emitted."
                        .formatted(progress.done() + 1, withoutStop(reason), progress.done()),
                e);
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
