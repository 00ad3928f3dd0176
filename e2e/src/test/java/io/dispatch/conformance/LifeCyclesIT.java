package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Contract sections 4.3 to 4.10 and 6: each resource is made, shown, replaced and deleted, with the codes of the original. */
@ExtendWith(StrictDispatch.class)
class LifeCyclesIT {

    private static final String NO_STATUS = "";

    private final Wire wire;

    LifeCyclesIT(Wire wire) {
        this.wire = wire;
    }

    /**
     * A kind of resource.
     *
     * @param named as errors name it
     * @param kind as bodies name it
     * @param body of one named {@code x}
     * @param made status in the answer to a POST; empty where it has none
     * @param settled status afterwards
     * @param replaced status in the answer to a PUT
     * @param replacedCode of the answer to a PUT
     * @param deletedCode of the answer to a DELETE
     */
    record Resource(
            String path,
            String named,
            String kind,
            String body,
            String made,
            String settled,
            String replaced,
            int replacedCode,
            int deletedCode) {

        Resource(String path, String named, String kind, String body, String made, String settled, String replaced) {
            this(path, named, kind, body, made, settled, replaced, 200, 200);
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    static Stream<Resource> resources() {
        return Stream.of(
                new Resource(
                        "/v1/event/subscriptions",
                        "subscription",
                        "Subscription",
                        "{\"name\":\"x\",\"eventType\":\"a\",\"function\":\"f\"}",
                        "CREATING",
                        "READY",
                        "UPDATING"),
                new Resource(
                        "/v1/event/drivertypes",
                        "event driver type",
                        "DriverType",
                        "{\"name\":\"x\",\"image\":\"i\"}",
                        NO_STATUS,
                        NO_STATUS,
                        NO_STATUS),
                new Resource(
                        "/v1/event/drivers",
                        "event driver",
                        "Driver",
                        "{\"name\":\"x\",\"type\":\"t\"}",
                        "CREATING",
                        "ERROR",
                        "UPDATING"),
                new Resource(
                        "/v1/secret",
                        "secret",
                        "Secret",
                        "{\"name\":\"x\",\"secrets\":{\"k\":\"v\"}}",
                        NO_STATUS,
                        NO_STATUS,
                        NO_STATUS,
                        201,
                        204),
                new Resource(
                        "/v1/function",
                        "function",
                        "Function",
                        "{\"name\":\"x\",\"endpoint\":\"http://127.0.0.1:9/\"}",
                        "INITIALIZED",
                        "READY",
                        "UPDATING"),
                new Resource(
                        "/v1/baseimage",
                        "base image",
                        "BaseImage",
                        "{\"name\":\"x\",\"dockerUrl\":\"d\",\"language\":\"l\"}",
                        "INITIALIZED",
                        "READY",
                        "READY"),
                new Resource(
                        "/v1/image",
                        "image",
                        "Image",
                        "{\"name\":\"x\",\"baseImageName\":\"b\"}",
                        "INITIALIZED",
                        "READY",
                        "READY"),
                new Resource(
                        "/v1/iam/policy",
                        "policy",
                        "Policy",
                        "{\"name\":\"x\",\"rules\":[{\"subjects\":[\"s\"],\"resources\":[\"event\"],\"actions\":[\"get\"]}]}",
                        "CREATING",
                        "READY",
                        "UPDATING"),
                new Resource(
                        "/v1/iam/serviceaccount",
                        "service account",
                        "ServiceAccount",
                        "{\"name\":\"x\",\"publicKey\":\"%s\"}".formatted(FieldRulesIT.publicKey()),
                        "READY",
                        "READY",
                        "READY"),
                new Resource(
                        "/v1/iam/organization",
                        "organization",
                        "Organization",
                        "{\"name\":\"x\"}",
                        "READY",
                        "READY",
                        "READY"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void isMadeShownReplacedAndDeleted(Resource resource) {
        prepare();
        String one = resource.path() + "/x";

        JsonNode made = wire.post(resource.path(), resource.body()).is(201).json();

        assertThat(made.path("name").asString()).isEqualTo("x");
        assertThat(made.path("kind").asString()).isEqualTo(resource.kind());
        assertThat(made.path("status").asString("")).isEqualTo(resource.made());
        wire.post(resource.path(), resource.body())
                .isError(409, 409, "%s x already exists".formatted(resource.named()));
        awaitStatus(one, resource.settled());
        assertThat(wire.get(resource.path()).is(200).json())
                .anySatisfy(each -> assertThat(each.path("name").asString()).isEqualTo("x"));

        JsonNode replaced =
                wire.put(one, resource.body()).is(resource.replacedCode()).json();

        assertThat(replaced.path("status").asString("")).isEqualTo(resource.replaced());
        awaitStatus(one, resource.settled());
        String other = resource.body().replace("\"x\"", "\"y\"");
        assertThat(wire.put(one, other).is(400).code()).isEqualTo(400);
        wire.get(resource.path() + "/y").is(404);

        Wire.Answer deleted = wire.delete(one).is(resource.deletedCode());

        if (resource.deletedCode() == 204) {
            assertThat(deleted.text()).isEmpty();
        } else {
            assertThat(deleted.json().path("name").asString()).isEqualTo("x");
            assertThat(deleted.json().path("status").asString(""))
                    .isEqualTo(resource.made().isEmpty() ? "" : "DELETING");
        }
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> wire.get(one).status() == 404);
        String message = "%s x not found".formatted(resource.named());
        wire.get(one).isError(404, 404, message);
        wire.delete(one).isError(404, 404, message);
        wire.put(one, resource.body()).isError(404, 404, message);
    }

    /** What others must be there. */
    private void prepare() {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\"}")
                .is(201);
        wire.post("/v1/baseimage", "{\"name\":\"b\",\"dockerUrl\":\"d\",\"language\":\"l\"}")
                .is(201);
        wire.post("/v1/iam/organization", "{\"name\":\"%s\"}".formatted(wire.organization()))
                .is(201);
    }

    private void awaitStatus(String path, String status) {
        await(path + " to be " + status)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> wire.get(path)
                        .is(200)
                        .json()
                        .path("status")
                        .asString("")
                        .equals(status));
    }

    @Test
    void aSubscriptionGetsANameWhereNoneIsSent() {
        JsonNode made = wire.post("/v1/event/subscriptions", "{\"eventType\":\"a\",\"function\":\"f\"}")
                .is(201)
                .json();

        assertThat(made.path("name").asString()).matches("[a-z]+-[a-z]+-[1-9][0-9]{5}");
        assertThat(made.has("id")).isFalse();
    }

    @Test
    void anExposedTypeMakesItsDriversExposedAndAnUpdateKeepsThemSo() {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\",\"expose\":true}")
                .is(201);

        JsonNode made = wire.post("/v1/event/drivers", "{\"name\":\"d\",\"type\":\"t\"}")
                .is(201)
                .json();
        JsonNode replaced = wire.put("/v1/event/drivers/d", "{\"name\":\"d\",\"type\":\"t\",\"expose\":false}")
                .is(200)
                .json();

        assertThat(made.path("expose").asBoolean()).isTrue();
        assertThat(replaced.path("expose").asBoolean()).isTrue();
        wire.delete("/v1/event/drivers/d").is(200);
    }

    @Test
    void aDriversUpdateNeedsATypeThatIsThere() {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\"}")
                .is(201);
        wire.post("/v1/event/drivers", "{\"name\":\"d\",\"type\":\"t\"}").is(201);

        wire.put("/v1/event/drivers/d", "{\"name\":\"d\",\"type\":\"no\"}")
                .isError(400, 400, "bad request when processing event driver d: driver type no does not exist");
        wire.delete("/v1/event/drivers/d").is(200);
    }

    @Test
    void aTypeMayGoWhileItsDriversStay() {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\"}")
                .is(201);
        wire.post("/v1/event/drivers", "{\"name\":\"d\",\"type\":\"t\"}").is(201);

        wire.delete("/v1/event/drivertypes/t").is(200);

        wire.get("/v1/event/drivers/d").is(200);
        wire.delete("/v1/event/drivers/d").is(200);
    }

    @Test
    void aDriverWhoseSecretIsMissingIsBrokenAndSaysWhy() {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\"}")
                .is(201);
        wire.post("/v1/event/drivers", "{\"name\":\"d\",\"type\":\"t\",\"secrets\":[\"no\"]}")
                .is(201);

        awaitStatus("/v1/event/drivers/d", "ERROR");

        assertThat(wire.get("/v1/event/drivers/d").json().path("reason").path(0).asString())
                .contains("secret no does not exist");
        wire.delete("/v1/event/drivers/d").is(200);
    }

    @Test
    void aDriverWhoseImageCannotRunIsBrokenForTwoReasonsTheGeneralFirst() {
        wire.post("/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"none\"}")
                .is(201);
        wire.post("/v1/event/drivers", "{\"name\":\"d\",\"type\":\"t\"}").is(201);

        awaitStatus("/v1/event/drivers/d", "ERROR");

        JsonNode reason = wire.get("/v1/event/drivers/d").json().path("reason");
        assertThat(reason).hasSize(2);
        assertThat(reason.path(0).asString()).isEqualTo("DeploymentNotAvailable");
        assertThat(reason.path(1).asString()).contains("image none");
        wire.delete("/v1/event/drivers/d").is(200);
    }

    @Test
    void aSecretsUpdateReplacesItsValuesAndKeepsItsTags() {
        wire.post(
                        "/v1/secret",
                        "{\"name\":\"s\",\"secrets\":{\"a\":\"1\",\"b\":\"2\"},\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]}")
                .is(201);

        JsonNode replaced = wire.put("/v1/secret/s", "{\"name\":\"s\",\"secrets\":{\"b\":\"3\"}}")
                .is(201)
                .json();

        assertThat(replaced.path("secrets")).isEqualTo(Wire.JSON.readTree("{\"b\":\"3\"}"));
        assertThat(replaced.path("tags")).isEqualTo(Wire.JSON.readTree("[{\"key\":\"k\",\"value\":\"v\"}]"));
        wire.put("/v1/secret/s", "{\"name\":\"s\",\"secrets\":{\"b\":7}}").is(400);
        wire.put("/v1/secret/s", "{\"name\":\"s\",\"secrets\":[]}").is(400);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyThatIsNoneIsABadRequest(@Nullable String key) {
        prepare();

        wire.post("/v1/iam/serviceaccount", "{\"name\":\"x\",\"publicKey\":\"%s\"}".formatted(key))
                .is(400);
    }

    static Stream<String> keys() {
        return Stream.of("", "%%%", "bm8ga2V5");
    }

    @Test
    void aPolicyShowsGlobalOnlyWhereItIs() {
        prepare();
        String rules = "\"rules\":[{\"subjects\":[\"s\"],\"resources\":[\"event\"],\"actions\":[\"get\"]}]";

        JsonNode plain = wire.post("/v1/iam/policy", "{\"name\":\"p\",\"global\":false,%s}".formatted(rules))
                .is(201)
                .json();
        JsonNode global = wire.post("/v1/iam/policy", "{\"name\":\"g\",\"global\":true,%s}".formatted(rules))
                .is(201)
                .json();

        assertThat(plain.has("global")).isFalse();
        assertThat(global.path("global").asBoolean()).isTrue();
        wire.post("/v1/iam/policy", "{\"name\":\"e\",\"rules\":[]}").is(422);
        wire.delete("/v1/iam/policy/g").is(200);
    }

    @Test
    void anImageTakesWhatItsBaseImageSaysAndIsBrokenWithoutOne() {
        wire.post(
                        "/v1/image",
                        "{\"name\":\"i\",\"baseImageName\":\"b\",\"runtimeDependencies\":{\"manifest\":\"requests\"},"
                                + "\"systemDependencies\":{\"packages\":[{\"name\":\"curl\",\"version\":\"7\"}]}}")
                .is(201);
        awaitStatus("/v1/image/i", "ERROR");

        wire.post("/v1/baseimage", "{\"name\":\"b\",\"dockerUrl\":\"registry/b:1\",\"language\":\"nodejs\"}")
                .is(201);

        awaitStatus("/v1/image/i", "READY");
        JsonNode image = wire.get("/v1/image/i").json();
        assertThat(image.path("dockerUrl").asString()).isEqualTo("registry/b:1");
        assertThat(image.path("language").asString()).isEqualTo("nodejs");
        assertThat(image.path("runtimeDependencies").path("manifest").asString())
                .isEqualTo("requests");
    }
}
