package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.e2e.RecordingFunction;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contract sections 4.8, 5 and 9: runs, asked for and triggered, and what a function gets. */
@ExtendWith(StrictDispatch.class)
class RunsIT {

    private static final long YEAR_ONE = -62_135_596_800L;

    private static RecordingFunction function;

    private final Wire wire;

    RunsIT(Wire wire) {
        this.wire = wire;
    }

    @BeforeAll
    static void listen() throws IOException {
        function = new RecordingFunction();
    }

    @AfterAll
    static void hangUp() {
        function.close();
    }

    @BeforeEach
    void makeTheFunction() {
        function.answers(() -> 200);
        function.calls().clear();
        wire.post("/v1/secret", "{\"name\":\"smtp\",\"secrets\":{\"smtp-user\":\"robot\"}}")
                .is(201);
        wire.post(
                        "/v1/function",
                        "{\"name\":\"f\",\"endpoint\":\"%s\",\"protocol\":\"dispatch\",\"timeout\":5000}"
                                .formatted(function.url()))
                .is(201);
    }

    @Test
    void whoWaitsGetsTheFinishedRun() {
        JsonNode run = wire.post(
                        "/v1/runs?functionName=f",
                        "{\"blocking\":true,\"input\":{\"order\":4711},\"secrets\":[\"smtp\"],\"services\":null,"
                                + "\"reason\":null,\"tags\":null}")
                .is(200)
                .json();

        assertThat(run.path("status").asString()).isEqualTo("READY");
        assertThat(run.path("blocking").asBoolean()).isTrue();
        assertThat(run.path("input")).isEqualTo(Wire.JSON.readTree("{\"order\":4711}"));
        assertThat(run.path("secrets")).isEqualTo(Wire.JSON.readTree("[\"smtp\"]"));
        assertThat(run.path("tags")).isEqualTo(Wire.JSON.readTree("[]"));
        assertThat(run.path("finishedTime").asLong())
                .isGreaterThanOrEqualTo(run.path("executedTime").asLong());
        assertThat(run.has("event")).isFalse();
        assertThat(wire.get("/v1/runs/" + run.path("name").asString()).is(200).json())
                .isEqualTo(run);
    }

    @Test
    void whoDoesNotWaitGetsTheRunAsItBegins() {
        JsonNode run = wire.post("/v1/runs?functionName=f", "{}").is(202).json();

        assertThat(run.path("status").asString()).isEqualTo("INITIALIZED");
        assertThat(run.path("finishedTime").asLong()).isEqualTo(YEAR_ONE);
        assertThat(run.has("output")).isFalse();
        assertThat(run.has("logs")).isFalse();
        assertThat(run.has("input")).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> wire.get("/v1/runs/" + run.path("name").asString())
                        .json()
                        .path("status")
                        .asString()
                        .equals("READY"));
    }

    @Test
    void aRunThatFailsIsStillAnAnswer() {
        function.answers(() -> 500);

        JsonNode run = wire.post("/v1/runs?functionName=f", "{\"blocking\":true}")
                .is(200)
                .json();

        assertThat(run.path("status").asString()).isEqualTo("ERROR");
        assertThat(run.path("error").path("type").asString()).isEqualTo("SystemError");
        assertThat(run.path("error").path("message").asString()).isNotBlank();
        assertThat(run.path("error").has("stacktrace")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /v1/runs                  | {} | 400 | functionName in query is required
            /v1/runs?functionName=    | {} | 400 | functionName in query is required
            /v1/runs?functionName=f   | -  | 400 | body is required
            /v1/runs?functionName=no  | {} | 404 | function no not found
            """)
    void whatARunNeedsMustBeThere(String path, String body, int status, String message) {
        wire.post(path, body == null ? "" : body).isError(status, status, message);
    }

    @Test
    void runsAreFoundByFunctionTimeAndTag() {
        String run = wire.post(
                        "/v1/runs?functionName=f",
                        "{\"blocking\":true,\"tags\":[{\"key\":\"Application\",\"value\":\"shop\"}]}")
                .is(200)
                .json()
                .path("name")
                .asString();
        long future = System.currentTimeMillis() / 1000 + 60;

        assertThat(wire.get("/v1/runs").json()).hasSize(1);
        assertThat(wire.get("/v1/runs?since=" + YEAR_ONE).json()).hasSize(1);
        assertThat(wire.get("/v1/runs?functionName=f&since=1543565700&tags=app=shop")
                        .json())
                .hasSize(1);
        assertThat(wire.get("/v1/runs?since=" + future).json()).isEmpty();
        assertThat(wire.get("/v1/runs?functionName=g").json()).isEmpty();
        assertThat(wire.get("/v1/runs?tags=app=other").json()).isEmpty();
        String message = "function run %s not found".formatted(run);
        String path = "/v1/runs/" + run;
        wire.get(path + "?functionName=f&since=" + YEAR_ONE).is(200);
        wire.get(path + "?functionName=g").isError(404, 404, message);
        wire.get(path + "?since=" + future).isError(404, 404, message);
        wire.get(path + "?tags=app=other").isError(404, 404, message);
    }

    @Test
    void anEventReachesTheFunctionWithTheSubscriptionsSecrets() {
        wire.post(
                        "/v1/event/subscriptions",
                        "{\"name\":\"s\",\"eventType\":\"order.paid\",\"function\":\"f\",\"secrets\":[\"smtp\"]}")
                .is(201);

        wire.post(
                        "/v1/event",
                        "{\"eventType\":\"order.paid\",\"eventTypeVersion\":\"2\",\"cloudEventsVersion\":\"0.1\","
                                + "\"source\":\"shop/eu\",\"eventID\":\"7f0c\",\"eventTime\":\"2018-11-30T09:15:00+01:00\","
                                + "\"schemaURL\":\"/order\",\"contentType\":\"application/json\","
                                + "\"extensions\":{\"Region\":\"eu\"},\"data\":{\"order\":4711,\"total\":19.90}}")
                .is(200);

        await().atMost(Duration.ofSeconds(20)).until(() -> !function.calls().isEmpty());
        String body = function.calls().element().body();
        JsonNode context = Wire.JSON.readTree(body).path("context");
        assertThat(body).contains("\"payload\":{\"order\":4711,\"total\":19.90}");
        assertThat(context.path("secrets")).isEqualTo(Wire.JSON.readTree("{\"smtp-user\":\"robot\"}"));
        assertThat(context.path("deadline").asString()).endsWith("Z");
        assertThat(context.path("event"))
                .isEqualTo(Wire.JSON.readTree(
                        "{\"eventType\":\"order.paid\",\"eventTypeVersion\":\"2\",\"cloudEventsVersion\":\"0.1\","
                                + "\"source\":\"shop/eu\",\"eventID\":\"7f0c\",\"eventTime\":\"2018-11-30T09:15:00+01:00\","
                                + "\"schemaURL\":\"/order\",\"contentType\":\"application/json\","
                                + "\"extensions\":{\"Region\":\"eu\"},\"data\":null}"));
        JsonNode run = await().atMost(Duration.ofSeconds(20))
                .until(() -> wire.get("/v1/runs?functionName=f").json().path(0), found -> found.has("name"));
        assertThat(run.path("event").path("eventTime").asString()).isEqualTo("2018-11-30T09:15:00.000+01:00");
        assertThat(((ObjectNode) run.path("event")).put("eventTime", "2018-11-30T09:15:00+01:00"))
                .isEqualTo(context.path("event"));
        assertThat(run.path("input")).isEqualTo(Wire.JSON.readTree("{\"order\":4711,\"total\":19.90}"));
        assertThat(run.path("status").asString()).isEqualTo("READY");
    }

    @Test
    void eachSubscriptionRunsAndDeletingOneLeavesTheOther() {
        for (String name : new String[] {"one", "two"}) {
            wire.post(
                            "/v1/event/subscriptions",
                            "{\"name\":\"%s\",\"eventType\":\"order.paid\",\"function\":\"f\"}".formatted(name))
                    .is(201);
        }

        emit("order.paid", "2");
        await().atMost(Duration.ofSeconds(20)).until(() -> function.calls().size() == 2);
        wire.delete("/v1/event/subscriptions/one").is(200);
        emit("order.paid", "1");
        await().atMost(Duration.ofSeconds(20)).until(() -> function.calls().size() == 3);
        emit("order", "0");
        emit("order.paid.late", "0");
        emit("Order.Paid", "0");
    }

    private void emit(String type, String matched) {
        Wire.Answer answer = wire.post(
                "/v1/event",
                "{\"eventType\":\"%s\",\"cloudEventsVersion\":\"0.1\",\"source\":\"s\",\"eventID\":\"1\"}"
                        .formatted(type));

        assertThat(answer.is(200).header("Dispatch-Matched")).isEqualTo(matched);
    }
}
