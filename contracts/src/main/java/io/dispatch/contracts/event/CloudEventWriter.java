package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.event.Attributes.Json;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes events as CloudEvents over HTTP has them; what {@link CloudEventReader} makes of it is the same event again. */
public final class CloudEventWriter {
    private CloudEventWriter() {}

    /**
     * The headers of the binary content mode, {@code specversion} 1.0; the body is {@link Event#data()} as it is.
     *
     * @return in lower case, {@code content-type} included where the event has a media type
     */
    public static Map<String, String> headers(Event event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce-specversion", "1.0");
        event.attributes().forEach((name, value) -> {
            if (name.equals("datacontenttype")) {
                headers.put("content-type", value.toString());
            } else {
                headers.put("ce-" + name, HeaderValue.encode(value.toString()));
            }
        });
        return headers;
    }

    /** The event as one JSON object, {@code specversion} 1.0 ({@code application/cloudevents+json}). */
    public static byte[] structured(Event event) {
        return write("1.0", event.attributes(), event, false);
    }

    /** The same in version 0.3, for receivers that know no newer one. */
    public static byte[] structuredVersion03(Event event) {
        Map<String, Object> attributes = Version03.ofVersion10(event);
        boolean base64 = event.data() != null
                && (attributes.containsKey(Version03.ENCODING) || (!isJson(event) && !isText(event)));
        if (base64) {
            attributes.put(Version03.ENCODING, "base64");
        }
        return write("0.3", attributes, event, base64);
    }

    private static byte[] write(String version, Map<String, Object> attributes, Event event, boolean base64) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonSource.STRICT.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", version);
            attributes.forEach((name, value) -> write(json, name, value));
            byte[] data = event.data();
            if (data != null) {
                if (base64) {
                    json.writeStringProperty("data", Base64.getEncoder().encodeToString(data));
                } else {
                    writeData(json, event, data);
                }
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, String name, Object value) {
        switch (value) {
            case Boolean truth -> json.writeBooleanProperty(name, truth);
            case Integer number -> json.writeNumberProperty(name, number);
            case Json text -> {
                json.writeName(name);
                json.writeRawValue(text.text());
            }
            default -> json.writeStringProperty(name, value.toString());
        }
    }

    private static void writeData(JsonGenerator json, Event event, byte[] data) {
        if (isJson(event)) {
            json.writeName("data");
            json.writeRawValue(new String(data, UTF_8));
        } else if (isText(event)) {
            json.writeStringProperty("data", new String(data, UTF_8));
        } else {
            json.writeStringProperty("data_base64", Base64.getEncoder().encodeToString(data));
        }
    }

    private static boolean isJson(Event event) {
        byte[] data = event.data();
        return announcesJson(event) && data != null && JsonSource.isJson(data);
    }

    /** Without a media type a string would be read as JSON. */
    private static boolean isText(Event event) {
        byte[] data = event.data();
        return !announcesJson(event) && data != null && JsonSource.isUtf8(data);
    }

    private static boolean announcesJson(Event event) {
        String contentType = event.dataContentType();
        return contentType == null || MediaTypes.isJson(contentType);
    }
}
