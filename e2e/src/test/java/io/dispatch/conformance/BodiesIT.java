package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Contract section 2.4: how bodies are read and written. */
@ExtendWith(StrictDispatch.class)
class BodiesIT {

    private final Wire wire;

    BodiesIT(Wire wire) {
        this.wire = wire;
    }

    @Test
    void fieldsComeInAnyCaseAndAnyOrderAndUnknownOnesAreIgnored() {
        JsonNode made = wire.post(
                        "/v1/event/subscriptions",
                        "{\"FUNCTION\":\"f\",\"unknown\":{\"a\":[1]},\"EVENTTYPE\":\"a.b\",\"Name\":\"s\",\"eventtime\":7}")
                .is(201)
                .json();

        assertThat(made.path("eventType").asString()).isEqualTo("a.b");
        assertThat(made.path("function").asString()).isEqualTo("f");
        assertThat(made.path("name").asString()).isEqualTo("s");
    }

    @Test
    void whatIsReadOnlyIsAcceptedAndIgnored() {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\",\"kind\":\"DriverType\"}")
                .is(201);

        JsonNode driver = wire.post(
                        "/v1/event/drivers",
                        "{\"name\":\"d\",\"type\":\"t\",\"kind\":\"Driver\",\"status\":\"READY\",\"reason\":null,\"expose\":true,"
                                + "\"url\":\"https://example.com\",\"created-time\":1,\"modified-time\":1,"
                                + "\"id\":\"0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e77\"}")
                .is(201)
                .json();

        assertThat(driver.path("status").asString()).isEqualTo("CREATING");
        assertThat(driver.path("expose").asBoolean()).isFalse();
        assertThat(driver.has("url")).isFalse();
        assertThat(driver.has("id")).isFalse();
        assertThat(driver.path("created-time").asLong()).isGreaterThan(1);
        wire.delete("/v1/event/drivers/d").is(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/event/subscriptions | {"name":"x","eventType":"a","function":"f","secrets":null,"tags":null,"kind":null,"status":null,"createdTime":null,"id":null} | secrets tags
            /v1/event/drivertypes   | {"name":"x","image":"i","expose":null,"config":null,"tags":null,"kind":null}                                                 | config tags
            /v1/secret              | {"name":"x","secrets":{"a":"b"},"tags":null,"kind":null,"id":null}                                                           | tags
            /v1/function            | {"name":"x","endpoint":"http://127.0.0.1:9/","image":null,"handler":null,"secrets":null,"services":null,"schema":null,"timeout":null,"reason":null,"tags":null,"status":null} | secrets services reason tags
            /v1/baseimage           | {"name":"x","dockerUrl":"d","language":"l","groups":null,"reason":null,"tags":null}                                           | groups reason tags
            /v1/image               | {"name":"x","baseImageName":"b","groups":null,"reason":null,"tags":null,"runtimeDependencies":null,"systemDependencies":null} | groups tags
            """)
    void nullIsAsGoodAsAbsentAndAbsentArraysComeBackAsNull(String path, String body, String nulls) {
        JsonNode made = wire.post(path, body).is(201).json();

        for (String field : nulls.split(" ", -1)) {
            assertThat(made.has(field)).as(field).isTrue();
            assertThat(made.path(field).isNull()).as(field).isTrue();
        }
        assertThat(wire.get(path).json().path(0).path("name").asString()).isEqualTo("x");
    }

    @Test
    void ofEqualTagsTheLastWinsAndAnUnknownFieldLeavesAnEmptyTag() {
        JsonNode tags = tagged("[{\"key\":\"a\",\"value\":\"1\"},{\"label\":\"x\"},{\"KEY\":\"a\",\"value\":\"2\"}]");

        assertThat(tags).isEqualTo(Wire.JSON.readTree("[{\"key\":\"a\",\"value\":\"2\"},{}]"));
    }

    @Test
    void emptyTextIsLeftOut() {
        assertThat(tagged("[{\"key\":\"a\",\"value\":\"\"}]")).isEqualTo(Wire.JSON.readTree("[{\"key\":\"a\"}]"));
    }

    @Test
    void anEmptyListStaysOne() {
        assertThat(tagged("[]")).isEmpty();
    }

    private JsonNode tagged(String tags) {
        return wire.post(
                        "/v1/event/subscriptions",
                        "{\"name\":\"s\",\"eventType\":\"a\",\"function\":\"f\",\"tags\":%s}".formatted(tags))
                .is(201)
                .json()
                .path("tags");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/event/subscriptions | "name":"s","eventType":"a","function":"f"
            /v1/event/drivertypes   | "name":"t","image":"i"
            /v1/secret              | "name":"s"
            /v1/function            | "name":"f","endpoint":"http://127.0.0.1:9/"
            /v1/baseimage           | "name":"b","dockerUrl":"d","language":"l"
            /v1/image               | "name":"i","baseImageName":"b"
            """)
    void aTagThatIsNullIsRefusedAndSoIsOneThatIsNoObject(String path, String members) {
        wire.post(path, "{%s,\"tags\":[null]}".formatted(members)).isError(422, 602, "tags[0] in body is required");
        wire.post(path, "{%s,\"tags\":[\"a\"]}".formatted(members)).is(400);
        wire.post(path, "{%s,\"tags\":[{\"key\":7}]}".formatted(members)).is(400);
        assertThat(wire.get(path).text()).isEqualTo("[]");
    }

    @Test
    void ofEqualConfigKeysTheLastWinsToo() {
        JsonNode type = wire.post(
                        "/v1/event/drivertypes",
                        "{\"name\":\"t\",\"image\":\"i\",\"config\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"\"},"
                                + "{\"key\":\"a\",\"value\":\"2\"}]}")
                .is(201)
                .json();

        assertThat(type.path("config"))
                .isEqualTo(Wire.JSON.readTree("[{\"key\":\"a\",\"value\":\"2\"},{\"key\":\"b\"}]"));
    }

    @Test
    void timesAreWholeSecondsAsNumbers() {
        JsonNode made = wire.post("/v1/event/subscriptions", "{\"name\":\"s\",\"eventType\":\"a\",\"function\":\"f\"}")
                .is(201)
                .json();
        JsonNode type = wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"i\"}")
                .is(201)
                .json();

        for (JsonNode time : List.of(
                made.path("createdTime"),
                made.path("modifiedTime"),
                type.path("created-time"),
                type.path("modified-time"))) {
            assertThat(time.isIntegralNumber()).isTrue();
            assertThat(time.asLong()).isBetween(1_700_000_000L, 9_999_999_999L);
        }
    }
}
