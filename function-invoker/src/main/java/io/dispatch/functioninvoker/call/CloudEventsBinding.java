package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.event.Event;
import io.dispatch.functioninvoker.call.Answer.Answered;
import io.dispatch.functioninvoker.call.CallResult.Succeeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** CloudEvents 1.0 over HTTP in binary content mode (HTTP binding 1.0.2 section 3.1): any 2xx says the work is done. */
final class CloudEventsBinding implements FunctionProtocol {

    private static final Header SPEC_VERSION = new BasicHeader("ce-specversion", "1.0");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final byte[] NO_DATA = {};

    @Override
    public Request request(PreparedCall call) {
        Event event = call.call().event();
        List<Header> headers = new ArrayList<>(event.attributes().size() + 8);
        headers.add(SPEC_VERSION);
        for (Map.Entry<String, Object> attribute : event.attributes().entrySet()) {
            String value = attribute.getValue().toString();
            headers.add(
                    attribute.getKey().equals("datacontenttype")
                            ? new BasicHeader("Content-Type", value)
                            : new BasicHeader("ce-" + attribute.getKey(), encoded(value)));
        }
        headers.addAll(call.headers());
        return new Request(call.to(), headers, event.data() == null ? NO_DATA : event.data());
    }

    @Override
    public CallResult success(Answered answer) {
        var output = RawJson.of(answer.body(), answer.contentType());
        return new Succeeded(output == null ? null : output.json(), null);
    }

    /** A header value by the rules of HTTP binding section 3.1.3.2. */
    static String encoded(String value) {
        if (value.chars().allMatch(CloudEventsBinding::isPlain)) {
            return value;
        }
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c <= '~' && c != '"' && c != '%';
    }
}
