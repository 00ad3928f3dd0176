package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code K_CE_OVERRIDES}: extension attributes that are set on every event last, over what the driver set.
 *
 * @param extensions name to value
 */
record EventOverrides(Map<String, String> extensions) {

    static EventOverrides from(Map<String, String> environment) {
        String text = environment.getOrDefault("K_CE_OVERRIDES", "");
        if (text.isEmpty()) {
            return new EventOverrides(Map.of());
        }
        try {
            Map<String, Map<String, String>> document =
                    JsonMapper.builder().build().readValue(text, new TypeReference<>() {});
            EventOverrides overrides = new EventOverrides(document.getOrDefault("extensions", Map.of()));
            overrides.applyTo(CloudEventBuilder.v1()
                    .withId("probe")
                    .withType("probe")
                    .withSource(URI.create("probe"))
                    .build());
            return overrides;
        } catch (JacksonException | CloudEventRWException e) {
            throw new ConfigurationException(
                    "K_CE_OVERRIDES is not {\"extensions\":{\"name\":\"value\"}} with names of lower-case letters and digits: "
                            + text);
        }
    }

    CloudEvent applyTo(CloudEvent event) {
        if (extensions.isEmpty()) {
            return event;
        }
        CloudEventBuilder builder = CloudEventBuilder.from(event);
        extensions.forEach(builder::withExtension);
        return builder.build();
    }
}
