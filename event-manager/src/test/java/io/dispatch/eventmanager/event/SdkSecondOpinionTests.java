package io.dispatch.eventmanager.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.dispatch.contracts.event.CloudEventReader;
import io.dispatch.contracts.event.CloudEventWriter;
import io.dispatch.contracts.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the CloudEvents SDK reads an event right, we read the same; what we write, it reads as we meant it. */
class SdkSecondOpinionTests {
    private static final String REQUIRED = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{REQUIRED}",
                "{REQUIRED,\"time\":\"2018-04-05T17:31:01Z\",\"subject\":\"ü 😀\",\"dataschema\":\"https://x/y\"}",
                "{REQUIRED,\"num\":-3,\"truth\":true,\"text\":\"a\\\"b\"}",
                "{REQUIRED,\"datacontenttype\":\"application/json\",\"data\":{\"a\":[1,2.5,null],\"b\":\"ü\"}}",
                "{REQUIRED,\"datacontenttype\":\"application/json\",\"data\":\"text\"}",
                "{REQUIRED,\"datacontenttype\":\"text/xml\",\"data\":\"<a b=\\\"c\\\"/>\"}",
                "{REQUIRED,\"datacontenttype\":\"image/x\",\"data_base64\":\"AAH/gA==\"}",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"datacontenttype\":\"image/x\","
                        + "\"datacontentencoding\":\"base64\",\"data\":\"AAH/gA==\"}",
            })
    void weReadTheJsonFormatAsTheSdkDoes(String template) {
        byte[] json = template.replace("REQUIRED", REQUIRED).getBytes(UTF_8);

        Event ours = CloudEventReader.structured(json);

        assertSame(ours, new JsonFormat().deserialize(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "ü € 😀", "with \"quotes\" and \\", "100% of %41"})
    void theSdkReadsBackWhatWeWrite(String text) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("id", text);
        attributes.put("source", "/s");
        attributes.put("type", "t");
        attributes.put("datacontenttype", "text/plain");
        Event event = Event.of(attributes, text.getBytes(UTF_8));

        assertSame(event, new JsonFormat().deserialize(CloudEventWriter.structured(event)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{\"a\":1}"})
    void weReadTheBinaryModeAsTheSdkDoes(String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", "1");
        headers.put("ce-source", "/s");
        headers.put("ce-type", "t");
        headers.put("ce-ext", "x");
        headers.put("content-type", "text/plain");

        CloudEvent sdk = HttpMessageFactory.createReader(headers::forEach, body.getBytes(UTF_8))
                .toEvent();

        assertSame(CloudEventReader.binary(headers, body.getBytes(UTF_8)), sdk);
    }

    private static void assertSame(Event ours, CloudEvent sdk) {
        Map<String, String> theirs = Stream.concat(sdk.getAttributeNames().stream(), sdk.getExtensionNames().stream())
                .filter(name -> !name.equals("specversion") && !name.equals("datacontentencoding"))
                .filter(name -> value(sdk, name) != null)
                .collect(Collectors.toMap(name -> name, name -> String.valueOf(value(sdk, name))));
        Map<String, String> mine = ours.attributes().entrySet().stream()
                .filter(attribute -> !attribute.getKey().equals(Event.LEGACY))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, attribute -> attribute.getValue().toString()));
        assertThat(mine).isEqualTo(theirs);
        byte[] data = ours.data();
        if (sdk.getData() == null || data == null) {
            assertThat(data == null).isEqualTo(sdk.getData() == null);
        } else {
            assertThat(data).isEqualTo(sdk.getData().toBytes());
        }
    }

    private static @Nullable Object value(CloudEvent event, String name) {
        return event.getAttributeNames().contains(name) ? event.getAttribute(name) : event.getExtension(name);
    }
}
