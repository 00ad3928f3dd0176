package io.dispatch.contracts.event;

import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.Names;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The rules of the 0.1 dialect in the two stages, the order and the words of the original: first the schema (status 422 with
 * a code; what is malformed is 400), then the meaning (status 400). Fields go by their names in lower case.
 */
final class LegacyRules {
    private static final String EVENT_TYPE = "^[\\w\\d\\-\\.]+$";
    private static final Pattern EVENT_TYPE_PATTERN = Pattern.compile(EVENT_TYPE);
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String MEANING = "Error validating event: ";

    private LegacyRules() {}

    static void checkSchema(Map<String, String> texts) {
        // A date-time is read with the syntax, so before any rule of the schema.
        String time = texts.getOrDefault("eventtime", "");
        if (!time.isEmpty() && !Rfc3339.isValid(time)) {
            throw InvalidEventException.of("eventTime", "body", "must be a date-time of RFC 3339", time);
        }
        required(texts, "cloudeventsversion", "cloudEventsVersion");
        checkType(required(texts, "eventtype", "eventType"));
        required(texts, "source", "source");
        String id = texts.getOrDefault("id", "");
        if (!id.isEmpty() && !UUID.matcher(id).matches()) {
            throw InvalidEventException.of(ErrorCode.FORMAT, "id", id, "must be of type uuid: \"" + id + "\"");
        }
    }

    static void checkMeaning(Map<String, String> texts, boolean noExtensions) {
        String version = texts.getOrDefault("cloudeventsversion", "");
        if (!version.equals(LegacyEvent.VERSION)) {
            throw meaning("cloudEventsVersion must be 0.1, but was \"" + version + "\"");
        }
        if (texts.getOrDefault("source", "").isEmpty()) {
            throw meaning("source must not be empty");
        }
        if (texts.getOrDefault("eventid", "").isEmpty()) {
            throw meaning("eventID is required and must not be empty");
        }
        String schema = texts.getOrDefault("schemaurl", "");
        if (!schema.isEmpty() && !isAbsoluteUriOrPath(schema)) {
            throw meaning("schemaURL must be an absolute URI or an absolute path, but was \"" + schema + "\"");
        }
        if (noExtensions) {
            throw meaning("extensions must have at least one member");
        }
    }

    /** Tags are objects with the texts {@code key} and {@code value}, each of which may be absent. */
    static void checkTags(@Nullable String tags) {
        if (tags == null) {
            return;
        }
        try (JsonSource source = JsonSource.of(tags)) {
            source.parser().nextToken();
            for (JsonToken token = source.parser().nextToken();
                    token != JsonToken.END_ARRAY;
                    token = source.parser().nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    throw InvalidEventException.of("tags", "body", "must hold objects with key and value only", null);
                }
                source.parser().skipChildren();
            }
        }
    }

    private static void checkType(String type) {
        if (type.codePointCount(0, type.length()) > Names.EVENT_TYPE_MAX) {
            throw InvalidEventException.of(
                    ErrorCode.TOO_LONG, "eventType", type, "should be at most " + Names.EVENT_TYPE_MAX + " chars long");
        }
        if (!EVENT_TYPE_PATTERN.matcher(type).matches()) {
            throw InvalidEventException.of(ErrorCode.PATTERN, "eventType", type, "should match '" + EVENT_TYPE + "'");
        }
    }

    private static boolean isAbsoluteUriOrPath(String text) {
        return UriReference.isAbsolute(text) || (text.startsWith("/") && UriReference.isValid(text));
    }

    private static String required(Map<String, String> texts, String name, String field) {
        String text = texts.get(name);
        if (text == null) {
            throw InvalidEventException.of(ErrorCode.REQUIRED, field, null, "is required");
        }
        return text;
    }

    private static InvalidEventException meaning(String sentence) {
        return InvalidEventException.of(MEANING + sentence);
    }
}
