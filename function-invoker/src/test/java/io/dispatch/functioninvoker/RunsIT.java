package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.Api.Answer;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class RunsIT extends InvokerTest {

    private final FakeFunction function = new FakeFunction();
    private final String organization = unique("runs");

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void close() {
        function.close();
    }

    @Test
    void aBlockingRunAnswersWithTheOutput() {
        api().createFunction("greet", function.url(), "");
        function.answers(call -> Reply.of(200, "{\"got\":%s}".formatted(call.body())));

        Answer answer = api().post("/v1/runs?functionName=greet", "{\"blocking\":true,\"input\":{\"total\":2.50}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("READY");
        assertThat(answer.json().get("blocking").asBoolean()).isTrue();
        assertThat(function.received()).singleElement().satisfies(call -> {
            assertThat(call.body()).isEqualTo("{\"total\":2.50}");
            assertThat(call.header("ce-type")).isEqualTo("dispatch.run");
            assertThat(call.header("ce-id")).isEqualTo(answer.json().get("name").asString());
            assertThat(call.header("idempotency-key"))
                    .isEqualTo(answer.json().get("name").asString());
        });
        JsonNode read =
                api().get("/v1/runs/" + answer.json().get("name").asString()).json();
        assertThat(read).isEqualTo(answer.json());
    }

    @Test
    void aBlockingRunThatFailsIsStillAnAnswer() {
        api().createFunction("broken", function.url(), "");
        function.answers(500);

        Answer answer = api().post("/v1/runs?functionName=broken", "{\"blocking\":true}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("ERROR");
        assertThat(answer.json().get("error").get("type").asString()).isEqualTo("SystemError");
        assertThat(answer.json().get("error").get("message").asString()).isEqualTo("the function answered status 500");
        assertThat(function.received()).hasSize(1);
    }

    @Test
    void aRunThatNobodyWaitsForIsThereAtOnceAndFinishes() {
        CountDownLatch end = new CountDownLatch(1);
        api().createFunction("later", function.url(), "");
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "\"done\"");
        });

        Answer answer =
                api().post("/v1/runs?functionName=later", "{\"input\":1,\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("status").asString()).isEqualTo("INITIALIZED");
        assertThat(answer.json().get("finishedTime").asLong()).isEqualTo(-62135596800L);
        String path = "/v1/runs/" + answer.json().get("name").asString();
        assertThat(api().get(path).json().get("status").asString()).isEqualTo("CREATING");
        assertThat(api().get("/v1/runs?tags=a=b").json()).hasSize(1);
        assertThat(api().get("/v1/runs?tags=a=c").json()).isEmpty();
        end.countDown();
        await().untilAsserted(() -> {
            JsonNode run = api().get(path).json();
            assertThat(run.get("status").asString()).isEqualTo("READY");
            assertThat(run.get("output").asString()).isEqualTo("done");
        });
    }

    @Test
    void aRunThatACrashCutOffEndsAsInterrupted() {
        api().createFunction("cut", function.url(), "");
        UUID id = UUID.randomUUID();
        api().post("/v1/runs?functionName=cut", "{\"blocking\":true}");
        jdbc.sql("""
                        insert into function_invoker.direct_run (id, function_name, owner, blocking, started_at, secrets, tags)
                        select ?, number, 42, false, now(), '{}', '[]' from function_invoker.function_name
                         where organization = ?""").param(id).param(organization).update();

        await().untilAsserted(() -> {
            JsonNode run = api().get("/v1/runs/" + id).json();
            assertThat(run.get("status").asString()).isEqualTo("ERROR");
            assertThat(run.get("error").get("message").asString()).isEqualTo("interrupted");
        });
    }

    @Test
    void runsAreListedByFunctionAndTimeTheNewestFirst() {
        api().createFunction("one", function.url(), "");
        api().createFunction("two", function.url(), "");
        long subscription = subscribe(organization, "one");
        append(organization, "e1", subscription);
        await().until(() -> function.received().size() == 1);
        api().post("/v1/runs?functionName=two", "{\"blocking\":true}");

        await().untilAsserted(() -> assertThat(
                        api().get("/v1/runs?since=-62135596800").json())
                .extracting(run -> run.get("functionName").asString())
                .containsExactly("two", "one"));
        assertThat(api().get("/v1/runs?functionName=one").json())
                .extracting(run -> run.get("functionName").asString())
                .containsExactly("one");
        long future = Instant.now().plusSeconds(60).getEpochSecond();
        assertThat(api().get("/v1/runs?since=" + future).json()).isEmpty();
        assertThat(api().get("/v1/runs?since=9223372036854775807").status()).isEqualTo(200);
    }

    @Test
    void runsAndDeadLettersOfOneEventAreFoundByEitherOfItsIds() {
        api().createFunction("once", function.url(), "");
        function.answers(400);
        long subscription = subscribe(organization, "once");
        Position wanted = append(organization, "wanted id/1", subscription);
        append(organization, "other", subscription);
        await().until(() -> api().get("/v1/deadletters").json().size() == 2);

        for (String id : List.of("wanted%20id%2F1", EventId.of(wanted).toString())) {
            assertThat(api().get("/v1/runs?event=" + id).json())
                    .singleElement()
                    .satisfies(run ->
                            assertThat(run.at("/event/eventID").asString()).isEqualTo("wanted id/1"));
            assertThat(api().get("/v1/deadletters?event=" + id).json())
                    .singleElement()
                    .satisfies(
                            dead -> assertThat(dead.at("/event/id").asString()).isEqualTo("wanted id/1"));
            assertThat(api().get("/v1/runs?functionName=other&event=" + id).json())
                    .isEmpty();
            assertThat(api(unique("other")).get("/v1/runs?event=" + id).json()).isEmpty();
            assertThat(api(unique("other")).get("/v1/deadletters?event=" + id).json())
                    .isEmpty();
        }
        assertThat(api().get("/v1/runs?event=nobody").json()).isEmpty();
        assertThat(api().get("/v1/deadletters?event=nobody").json()).isEmpty();
        api().post("/v1/runs?functionName=once", "{\"blocking\":true}");
        assertThat(api().get("/v1/runs?event=" + EventId.of(wanted)).json()).hasSize(1);
    }

    @Test
    void anotherOrganizationSeesNoneOfIt() {
        api().createFunction("secretive", function.url(), "");
        long subscription = subscribe(organization, "secretive");
        append(organization, "e1", subscription);
        await().until(() -> api().get("/v1/runs").json().size() == 1);
        String triggered = api().get("/v1/runs").json().get(0).get("name").asString();
        String direct = api().post("/v1/runs?functionName=secretive", "{\"blocking\":true}")
                .json()
                .get("name")
                .asString();
        Api other = api(unique("other"));

        assertThat(api().get("/v1/runs/" + triggered).status()).isEqualTo(200);
        assertThat(other.get("/v1/runs").json()).isEmpty();
        assertThat(other.get("/v1/runs/" + triggered).status()).isEqualTo(404);
        assertThat(other.get("/v1/runs/" + direct).status()).isEqualTo(404);
        assertThat(other.get("/v1/function/secretive").status()).isEqualTo(404);
        assertThat(other.post("/v1/runs?functionName=secretive", "{}").status()).isEqualTo(404);
        assertThat(other.delete("/v1/function/secretive").status()).isEqualTo(404);
    }

    @Test
    void badRequestsAreToldWhy() {
        assertThat(api().post("/v1/runs", "{}").status()).isEqualTo(400);
        assertThat(api().post("/v1/runs?functionName=none", "{}")
                        .json()
                        .get("message")
                        .asString())
                .isEqualTo("function none not found");
        assertThat(api().get("/v1/runs/not-a-uuid").json().get("code").asInt()).isEqualTo(601);
        assertThat(api().get("/v1/runs/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(api().get("/v1/runs?since=x").status()).isEqualTo(422);
        assertThat(api().get("/v1/runs?tags=x").status()).isEqualTo(400);
    }

    private Api api() {
        return api(organization);
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
