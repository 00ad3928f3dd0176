package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.types.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** A CloudEvent as an HTTP request in binary mode (CloudEvents HTTP binding 1.0.2, 3.1). */
final class BinaryMode {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String CONTENT_TYPE = "datacontenttype";

    private BinaryMode() {}

    static ClassicHttpRequest request(URI uri, CloudEvent event) {
        ClassicRequestBuilder request = ClassicRequestBuilder.post(uri);
        request.addHeader("ce-specversion", event.getSpecVersion().toString());
        for (String name : event.getAttributeNames()) {
            Object value = event.getAttribute(name);
            if (value != null && !name.equals(CONTENT_TYPE) && !name.equals("specversion")) {
                request.addHeader("ce-" + name, encoded(text(value)));
            }
        }
        for (String name : event.getExtensionNames()) {
            request.addHeader("ce-" + name, encoded(text(Objects.requireNonNull(event.getExtension(name)))));
        }
        if (event.getDataContentType() != null) {
            request.addHeader("Content-Type", event.getDataContentType());
        }
        CloudEventData data = event.getData();
        request.setEntity(new ByteArrayEntity(data == null ? new byte[0] : data.toBytes(), null));
        return request.build();
    }

    private static String text(Object value) {
        return value instanceof OffsetDateTime time ? Time.writeTime(time) : value.toString();
    }

    /** Percent-encodes what the binding asks for (3.1.3.2): space, quote, percent and all that is not printable ASCII. */
    private static String encoded(String value) {
        StringBuilder header = new StringBuilder(value.length());
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7F && octet != '"' && octet != '%') {
                header.append((char) octet);
            } else {
                header.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return header.toString();
    }
}
