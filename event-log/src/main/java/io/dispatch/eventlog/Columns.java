package io.dispatch.eventlog;

import io.dispatch.contracts.event.Event;
import java.io.ByteArrayOutputStream;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An event as columns: type, source and id each in its own, the other attributes as one JSON object. */
final class Columns {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final byte[] NONE = {'{', '}'};

    private Columns() {}

    static byte[] attributes(Event event) {
        if (event.attributes().size() == 3) {
            return NONE;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            event.attributes().forEach((name, value) -> write(json, name, value));
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static Event event(String type, String source, String id, byte[] attributes, byte @Nullable [] data) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", type);
        all.put("source", source);
        all.put("id", id);
        if (attributes.length > NONE.length) {
            read(attributes, all);
        }
        return Event.of(all, data);
    }

    /** The event of a row that has these columns by their names. */
    static Event event(ResultSet row) throws SQLException {
        return event(
                row.getString("type"),
                row.getString("source"),
                row.getString("id"),
                row.getBytes("attributes"),
                row.getBytes("data"));
    }

    /** The ids of subscriptions. */
    static long[] ids(Array column) throws SQLException {
        return Arrays.stream((Long[]) column.getArray())
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static void write(JsonGenerator json, String name, Object value) {
        if (hasOwnColumn(name)) {
            return;
        }
        switch (value) {
            case Boolean truth -> json.writeBooleanProperty(name, truth);
            case Integer number -> json.writeNumberProperty(name, number);
            default -> json.writeStringProperty(name, value.toString());
        }
    }

    private static void read(byte[] attributes, Map<String, Object> into) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), attributes)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken token = json.nextToken();
                into.put(
                        name,
                        switch (token) {
                            case VALUE_TRUE -> true;
                            case VALUE_FALSE -> false;
                            case VALUE_NUMBER_INT -> json.getIntValue();
                            default -> json.getString();
                        });
            }
        }
    }

    private static boolean hasOwnColumn(String name) {
        return name.equals("type") || name.equals("source") || name.equals("id");
    }
}
