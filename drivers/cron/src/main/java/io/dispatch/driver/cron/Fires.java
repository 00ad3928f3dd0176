package io.dispatch.driver.cron;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the event of a fire. Its id is computed from driver, schedule and instant, so that the same fire, sent twice or by two
 * processes, is the same event.
 *
 * @param driverId who fires
 * @param payload goes into the data beside the facts of the fire; null for none
 * @param raw if not null the data is exactly this instead
 */
record Fires(
        String driverId,
        URI source,
        String type,
        @Nullable Object payload,
        @Nullable Raw raw) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Data that the user gave as it is. */
    record Raw(String contentType, CloudEventData data) {}

    /**
     * One fire.
     *
     * @param scheduled when it was due
     * @param fired when it was sent first
     * @param sequence the number of the fire in the life of its schedule, from 1 on
     * @param missed how many fires before it were left out
     */
    record Fire(String schedule, Instant scheduled, Instant fired, long sequence, int missed) {}

    CloudEvent event(Fire fire) {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(id(fire))
                .withSource(source)
                .withType(type)
                .withTime(fire.scheduled().atOffset(ZoneOffset.UTC));
        return raw == null
                ? event.withData("application/json", JSON.writeValueAsBytes(facts(fire)))
                        .build()
                : event.withData(raw.contentType(), raw.data()).build();
    }

    private String id(Fire fire) {
        String name =
                String.join("\n", driverId, fire.schedule(), fire.scheduled().toString());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Map<String, Object> facts(Fire fire) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("scheduledTime", fire.scheduled().toString());
        facts.put("firedTime", fire.fired().toString());
        facts.put("sequence", fire.sequence());
        facts.put("schedule", fire.schedule());
        facts.put("missed", fire.missed());
        if (payload != null) {
            facts.put("payload", payload);
        }
        return facts;
    }
}
