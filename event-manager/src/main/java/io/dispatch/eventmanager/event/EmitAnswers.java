package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What an emit is answered: 200 and the event for the 0.1 dialect, else 202 and what became of each event. */
final class EmitAnswers {
    static final String MATCHED = "dispatch-matched";
    static final String EVENT_ID = "dispatch-event-id";
    static final String DUPLICATE = "dispatch-duplicate";

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private EmitAnswers() {}

    static Answer of(Emission emission, List<Acceptance> acceptances) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put(
                MATCHED,
                Integer.toString(
                        acceptances.stream().mapToInt(Acceptance::matched).sum()));
        UUID eventId = emission instanceof Emission.Batch
                ? null
                : acceptances.getFirst().eventId();
        if (eventId != null) {
            headers.put(EVENT_ID, eventId.toString());
            if (acceptances.getFirst().duplicate()) {
                headers.put(DUPLICATE, "true");
            }
        }
        return switch (emission) {
            case Emission.Legacy legacy ->
                new Answer(200, headers, legacy.emission().toJson());
            case Emission.Single single -> new Answer(202, headers, body(single.events(), acceptances, false));
            case Emission.Batch batch -> new Answer(202, headers, body(batch.events(), acceptances, true));
        };
    }

    private static byte[] body(List<Event> events, List<Acceptance> acceptances, boolean asArray) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160 * events.size() + 2);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            if (asArray) {
                json.writeStartArray();
            }
            for (int i = 0; i < events.size(); i++) {
                write(json, events.get(i), acceptances.get(i));
            }
            if (asArray) {
                json.writeEndArray();
            }
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Event event, Acceptance acceptance) {
        UUID eventId = acceptance.eventId();
        json.writeStartObject();
        json.writeStringProperty("id", event.id());
        json.writeStringProperty("source", event.source());
        if (eventId == null) {
            json.writeNullProperty("eventId");
        } else {
            json.writeStringProperty("eventId", eventId.toString());
        }
        json.writeNumberProperty("matched", acceptance.matched());
        if (acceptance.duplicate()) {
            json.writeBooleanProperty("duplicate", true);
        }
        json.writeEndObject();
    }
}
