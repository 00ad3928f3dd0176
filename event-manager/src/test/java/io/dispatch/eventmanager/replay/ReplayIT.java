package io.dispatch.eventmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ReplayIT extends ReplayStory {

    @Test
    void whatIsWantedIsAppendedOnceMoreForOneSubscriptionAndSaysSo() {
        subscribe("orders", "order.*");
        subscribe("audit", "*");
        emit("order.paid", "1", "{\"total\": 19.90}");
        emit("order.paid", "2", "{\"total\": 5}");
        emit("order.lost", "3", "{\"total\": 100}");
        emit("user.new", "4", "{\"total\": 100}");

        UUID replay = replay("""
                {"query": {"type": "order.*", "source": "/shop", "filters": [{"data": {"pointer": "/total", "gte": 10}}]},
                 "subscription": "orders"}""");
        JsonNode done = awaitEnd(replay);

        assertThat(copies(replay)).containsExactlyInAnyOrder("1", "3");
        assertThat(done.at("/state").asString()).isEqualTo("done");
        assertThat(done.at("/replayed").asInt()).isEqualTo(2);
        assertThat(done.at("/scanned")).isEqualTo(done.at("/toScan"));
        assertThat(done.at("/missed").asInt()).isZero();
        assertThat(done.at("/keep").asString()).isEqualTo("matched");
        assertThat(done.at("/subscription").asString()).isEqualTo("orders");
        assertThat(done.has("function")).isFalse();
        assertThat(done.at("/query/filters/0/data/pointer").asString()).isEqualTo("/total");
        assertThat(Instant.parse(done.at("/finishedAt").asString()))
                .isAfterOrEqualTo(Instant.parse(done.at("/createdAt").asString()));
        JsonNode copy = json(get(organization, "/v1/event/events?id=1")).get(0);
        assertThat(copy.toString())
                .contains("\"type\":\"order.paid\",\"source\":\"/shop\",\"id\":\"1\"")
                .contains("\"dispatchreplay\":\"" + replay + "\"")
                .contains("\"data\":{\"total\":19.9");
        assertThat(copy.at("/matched").toString())
                .isEqualTo("[{\"function\":\"orders-function\",\"subscription\":\"orders\"}]");
    }

    @Test
    void aReplayLeavesOutWhatAnotherAppended() {
        subscribe("orders", "order.*");
        emitMany("order.paid", 3);
        awaitEnd(replay("{\"query\":{},\"subscription\":\"orders\"}"));

        UUID second = replay("{\"query\":{},\"function\":\"fix\"}");
        awaitEnd(second);

        assertThat(copies(second)).containsExactlyInAnyOrder("0", "1", "2");
        assertThat(json(get(organization, "/v1/replays")))
                .extracting(replay -> replay.at("/function").asString(null))
                .containsExactly("fix", null);
        assertThat(json(get(organization, "/v1/event/events?id=0"))
                        .get(0)
                        .at("/matched/0")
                        .toString())
                .isEqualTo("{\"function\":\"fix\",\"subscription\":\"replay-%s\"}".formatted(second));
    }

    @Test
    void aSpanHoldsItsBeginningAndNotItsEnd() {
        subscribe("orders", "order.*");
        emit("order.paid", "1", "1");
        emit("order.paid", "2", "2");
        emit("order.paid", "3", "3");
        String second = json(get(organization, "/v1/event/events?id=2"))
                .at("/0/acceptedAt")
                .asString();
        String third = json(get(organization, "/v1/event/events?id=3"))
                .at("/0/acceptedAt")
                .asString();

        UUID replay =
                replay("{\"query\":{\"since\":\"%s\",\"until\":\"%s\"},\"function\":\"f\"}".formatted(second, third));

        assertThat(awaitEnd(replay).at("/query").toString())
                .isEqualTo("{\"since\":\"%s\",\"until\":\"%s\"}".formatted(second, third));
        assertThat(copies(replay)).containsExactly("2");
    }

    @Test
    void aDryRunCountsAndChangesNothing() {
        subscribe("orders", "order.*");
        emitMany("order.paid", 12);
        emit("order.lost", "long", "\"%s\"".formatted("x".repeat(9_000)));

        HttpResponse<String> all =
                postJson(organization, "/v1/replays", "{\"query\":{},\"subscription\":\"orders\",\"dryRun\":true}");
        HttpResponse<String> some = postJson(
                organization, "/v1/replays", "{\"query\":{\"type\":\"*.lost\"},\"function\":\"f\",\"dryRun\":true}");

        assertThat(all.statusCode()).as(all.body()).isEqualTo(200);
        assertThat(json(all).at("/count").asInt()).isEqualTo(13);
        assertThat(json(all).at("/sample")).hasSize(10);
        assertThat(json(all).at("/keep").asString()).isEqualTo("matched");
        assertThat(json(all).has("more")).isFalse();
        assertThat(json(some).at("/count").asInt()).isEqualTo(1);
        assertThat(json(some).at("/sample/0/shortened").asBoolean()).isTrue();
        assertThat(json(some).at("/sample/0/event").toString())
                .isEqualTo("{\"specversion\":\"1.0\",\"type\":\"order.lost\",\"source\":\"/shop\",\"id\":\"long\"}");
        assertThat(json(get(organization, "/v1/replays"))).isEmpty();
        assertThat(json(get(organization, "/v1/event/events"))).hasSize(13);
    }

    @Test
    void anotherOrganizationIsNeitherReplayedNorSeen() {
        String mine = organization;
        subscribe("orders", "order.*");
        emitMany("order.paid", 2);
        organization = "other-" + UUID.randomUUID();
        subscribe("orders", "order.*");
        emitMany("order.paid", 5);

        UUID replay = replay("{\"query\":{},\"subscription\":\"orders\"}");

        assertThat(awaitEnd(replay).at("/replayed").asInt()).isEqualTo(5);
        organization = mine;
        assertThat(get(mine, "/v1/replays/" + replay).statusCode()).isEqualTo(404);
        assertThat(send(request(mine, "/v1/replays/" + replay).DELETE()).statusCode())
                .isEqualTo(404);
        assertThat(json(get(mine, "/v1/replays"))).isEmpty();
        assertThat(json(get(mine, "/v1/event/events"))).hasSize(2);
    }

    @Test
    void aCancelledReplayGoesOnNoMoreAndWhatIsOwedOfItEnds() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", 3);
        UUID running;
        try (Connection turn = nobodysTurn()) {
            running = replay("{\"query\":{},\"subscription\":\"orders\"}");
            HttpResponse<String> cancelled =
                    send(request(organization, "/v1/replays/" + running).DELETE());
            assertThat(cancelled.statusCode()).isEqualTo(200);
            assertThat(json(cancelled).at("/state").asString()).isEqualTo("cancelled");
            assertThat(turn.isValid(1)).isTrue();
        }
        UUID done = replay("{\"query\":{},\"subscription\":\"orders\"}");
        awaitEnd(done);
        JsonNode late = json(send(request(organization, "/v1/replays/" + done).DELETE()));

        assertThat(read(running).at("/reason").asString()).isEqualTo("cancelled");
        assertThat(read(running).at("/replayed").asInt()).isZero();
        assertThat(hidden(running)).isEqualTo("deleted");
        assertThat(late.at("/state").asString()).isEqualTo("cancelled");
        assertThat(late.at("/replayed").asInt()).isEqualTo(3);
        assertThat(hidden(done)).isEqualTo("deleted");
        assertThat(json(send(request(organization, "/v1/replays/" + done).DELETE())))
                .isEqualTo(late);
    }

    @Test
    void aReplayFollowsItsSubscription() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", 3);
        UUID replay;
        try (Connection turn = nobodysTurn()) {
            replay = replay("{\"query\":{},\"subscription\":\"orders\"}");
            String path = "/v1/event/subscriptions/orders";
            send(request(organization, path)
                    .header("Content-Type", JSON)
                    .PUT(BodyPublishers.ofString(
                            "{\"eventType\":\"other\",\"function\":\"better\",\"paused\":true,\"secrets\":[\"s\"]}")));
            assertThat(hidden(replay)).isEqualTo("paused");
            assertThat(jdbc.sql("""
                            SELECT s.function || s.secrets[1] || s.name || s.kind || s.event_type
                            FROM event_log.subscription s JOIN event_manager.replay r ON r.subscription = s.id
                            WHERE r.id = :id""").param("id", replay).query(String.class).single())
                    .isEqualTo("bettersordersreplay");
            assertThat(send(request(organization, path).DELETE()).statusCode()).isEqualTo(200);
            assertThat(turn.isValid(1)).isTrue();
        }

        assertThat(read(replay).at("/state").asString()).isEqualTo("cancelled");
        assertThat(read(replay).at("/reason").asString()).isEqualTo("subscription orders was deleted");
        assertThat(hidden(replay)).isEqualTo("deleted");
    }

    @Test
    void tooManyAtOnceAreRefused() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", 1);
        try (Connection turn = nobodysTurn()) {
            List<UUID> running = IntStream.range(0, Replays.MOST_RUNNING)
                    .mapToObj(_ -> replay("{\"query\":{},\"subscription\":\"orders\"}"))
                    .toList();

            HttpResponse<String> refused =
                    postJson(organization, "/v1/replays", "{\"query\":{},\"subscription\":\"orders\"}");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("100 replays are under way in organization " + organization);
            running.forEach(replay ->
                    send(request(organization, "/v1/replays/" + replay).DELETE()));
            assertThat(turn.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"query":{}} | 400 | exactly one of subscription and function in body is required
            {"query":{},"subscription":"a","function":"b"} | 400 | exactly one of subscription and function in body is required
            {"subscription":"a"} | 422 | query in body is required
            {"query":{},"subscription":"nobody"} | 404 | subscription nobody not found
            {"query":{},"subscription":"nobody","dryRun":true} | 404 | subscription nobody not found
            {"query":{"since":"yesterday"},"function":"f"} | 400 | query.since in body must be seconds since 1970 or a date-time such as 2026-11-24T09:15:00Z, but was "yesterday"
            {"query":{"since":"4000000000"},"function":"f"} | 400 | query.since in body must be before query.until and before now
            {"query":{"since":"20","until":"10"},"function":"f"} | 400 | query.since in body must be before query.until and before now, but is 1970-01-01T00:00:20Z, and the events end at 1970-01-01T00:00:10Z
            {"query":{"filters":[{"exact":{"type":""}}]},"function":"f"} | 400 | /query/filters/0/exact/type in body should be a string that is not empty
            {"query":{"filters":[{"sql":"1 +"}]},"function":"f"} | 400 | /query/filters/0/sql in body is no CloudEvents SQL
            {"query":{"filters":{}},"function":"f"} | 400 | query.filters in body should be an array
            {"query":{"type":7},"function":"f"} | 400 | query.type in body should be a string
            {"query":{"type":"a\\u0000b"},"function":"f"} | 400 | U+0000
            {"query":{},"function":"a b"} | 422 | function in body
            {"query":{},"function":"f","dryRun":"maybe"} | 400 | dryRun in body should be true or false
            {"query": | 400 |
            """)
    void whatMakesNoSenseIsToldInOneSentence(String body, int status, String message) {
        HttpResponse<String> answer = postJson(organization, "/v1/replays", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).at("/message").asString()).contains(message == null ? "" : message);
    }

    @Test
    void anIdThatIsNoneIsTold() {
        assertThat(get(organization, "/v1/replays/seven").statusCode()).isEqualTo(422);
        assertThat(get(organization, "/v1/replays/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
    }

    private String hidden(UUID replay) {
        return jdbc.sql("""
                        SELECT s.state FROM event_log.subscription s JOIN event_manager.replay r ON r.subscription = s.id
                        WHERE r.id = :id""").param("id", replay).query(String.class).single();
    }
}
