package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 2.6: the query parameter {@code tags}; any tag's key may be asked for, not {@code app} alone. */
@ExtendWith(StrictDispatch.class)
class TagsFilterIT {

    private static final String TAGS =
            ",\"tags\":[{\"key\":\"Application\",\"value\":\"shop\"},{\"key\":\"role\",\"value\":\"example\"},{\"key\":\"bare\"}]";

    private final Wire wire;

    TagsFilterIT(Wire wire) {
        this.wire = wire;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tags=Application%3Dshop                   | true
            tags=app=shop                             | true
            tags=APP=shop                             | true
            tags=application=shop                     | true
            tags=ApPlIcAtIoN=shop                     | true
            tags=role=example                         | true
            tags=bare=                                | true
            tags=app=shop&tags=role=example           | true
            tags=app=Shop                             | false
            tags=app=                                 | false
            tags=Role=example                         | false
            tags=app=shop&tags=role=other             | false
            tags=app=shop&tags=none=example           | false
            """)
    void everyTagThatIsAskedForMustBeThere(String query, boolean matches) {
        wire.post(
                        "/v1/event/subscriptions",
                        "{\"name\":\"s\",\"eventType\":\"a\",\"function\":\"f\"%s}".formatted(TAGS))
                .is(201);

        assertThat(wire.get("/v1/event/subscriptions?" + query).is(200).json()).hasSize(matches ? 1 : 0);
        wire.get("/v1/event/subscriptions/s?" + query).is(matches ? 200 : 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "a=b=c", "=b", ""})
    void aFilterIsOneKeyAndOneValue(String filter) {
        for (String path : new String[] {"/v1/event/subscriptions", "/v1/event/drivers/d", "/v1/secret", "/v1/runs"}) {
            wire.get("%s?tags=%s".formatted(path, filter))
                    .isError(400, 400, "error parsing tag '%s': invalid format".formatted(filter));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/event/subscriptions | "name":"x","eventType":"a","function":"f"        | subscription x not found
            /v1/event/drivertypes   | "name":"x","image":"i"                           | event driver type x not found
            /v1/secret              | "name":"x","secrets":{}                          | secret x not found
            /v1/function            | "name":"x","endpoint":"http://127.0.0.1:9/"      | function x not found
            /v1/baseimage           | "name":"x","dockerUrl":"d","language":"l"        | base image x not found
            /v1/image               | "name":"x","baseImageName":"b"                   | image x not found
            """)
    void whatTheFilterDoesNotLetThroughIsNotThere(String path, String members, String message) {
        String body = "{%s%s}".formatted(members, TAGS);
        wire.post(path, body).is(201);

        wire.get(path + "/x?tags=app=other").isError(404, 404, message);
        wire.put(path + "/x?tags=app=other", body).isError(404, 404, message);
        wire.delete(path + "/x?tags=app=other").isError(404, 404, message);
        assertThat(wire.get(path + "?tags=app=other").is(200).text()).isEqualTo("[]");

        wire.get(path + "/x?tags=app=shop").is(200);
        assertThat(wire.put(path + "/x?tags=app=shop", body).status()).isIn(200, 201);
        assertThat(wire.delete(path + "/x?tags=app=shop").status()).isIn(200, 204);
    }

    @ParameterizedTest
    @CsvSource({"app=shop, 1", "role=other, 0"})
    void driversAreFilteredToo(String filter, int found) {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\"}")
                .is(201);
        wire.post("/v1/event/drivers", "{\"name\":\"d\",\"type\":\"t\"%s}".formatted(TAGS))
                .is(201);

        JsonNode list = wire.get("/v1/event/drivers?tags=" + filter).is(200).json();

        assertThat(list).hasSize(found);
        wire.get("/v1/event/drivers/d?tags=" + filter).is(found == 1 ? 200 : 404);
        wire.delete("/v1/event/drivers/d?tags=" + filter).is(found == 1 ? 200 : 404);
    }
}
