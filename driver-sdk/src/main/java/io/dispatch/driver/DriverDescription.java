package io.dispatch.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a driver says about itself; {@code --describe} prints it as JSON.
 *
 * @param name the kind of driver, for example {@code cron}
 * @param summary one sentence
 * @param version the driver's version, null when it was not built into a jar
 * @param options the driver's own options; the SDK adds its own
 * @param eventTypes what it emits
 * @param capabilities of {@code replay}, {@code batch}, {@code singleton}
 */
public record DriverDescription(
        String name,
        String summary,
        @Nullable String version,
        List<Option<?>> options,
        List<EventType> eventTypes,
        List<String> capabilities) {

    /**
     * A type of events a driver emits.
     *
     * @param type the CloudEvents {@code type}
     * @param summary one sentence
     * @param example the data of one such event, as JSON
     */
    public record EventType(String type, String summary, String example) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The document of {@code --describe}, with the options of the SDK after the driver's own. */
    String json(List<Option<?>> all) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("contractVersion", "1");
        document.put("name", name);
        document.put("version", version);
        document.put("summary", summary);
        document.put("options", all.stream().map(DriverDescription::option).toList());
        document.put(
                "eventTypes",
                eventTypes.stream().map(DriverDescription::eventType).toList());
        document.put("exposed", false);
        document.put("capabilities", capabilities);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    /** The text of {@code --help}. */
    String help(List<Option<?>> all) {
        return summary + "\n\n"
                + all.stream()
                        .map(option -> "  --%s=<%s>%s\n      %s"
                                .formatted(
                                        option.name(),
                                        option.type(),
                                        option.defaultText() == null ? "" : " (default " + option.defaultText() + ")",
                                        option.help()))
                        .collect(Collectors.joining("\n"));
    }

    private static Map<String, @Nullable Object> option(Option<?> option) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", option.name());
        fields.put("type", option.type());
        fields.put("default", option.defaultText());
        fields.put("required", option.required());
        fields.put("secret", option.secret());
        fields.put("repeatable", option.repeatable());
        fields.put("help", option.help());
        fields.put("aliases", option.aliases());
        return fields;
    }

    private static Map<String, Object> eventType(EventType eventType) {
        return Map.of(
                "type",
                eventType.type(),
                "summary",
                eventType.summary(),
                "example",
                JSON.readTree(eventType.example()));
    }
}
