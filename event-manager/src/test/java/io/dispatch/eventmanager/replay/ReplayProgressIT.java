package io.dispatch.eventmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayProgressIT extends ReplayStory {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    Replayer replayer;

    @Autowired
    ReplayTable table;

    @Test
    void whoWatchesAReplaySeesItMoveAndEnd() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", 600);
        UUID id;
        Watching watching;
        try (Connection turn = nobodysTurn()) {
            id = replay("{\"query\":{},\"subscription\":\"orders\"}");
            watching = watch(id);
            await().until(() -> watching.seen().size() == 1);
            replayer.step(table.find(organization, id).orElseThrow(), true);
            await().until(() -> watching.seen().size() == 2);
            assertThat(watching.isOver()).isFalse();
            assertThat(turn.isValid(1)).isTrue();
        }

        await().atMost(Duration.ofSeconds(30)).until(watching::isOver);
        assertThat(watching.seen().get(0).at("/scanned").asInt()).isZero();
        assertThat(watching.seen().get(0).at("/state").asString()).isEqualTo("running");
        assertThat(watching.seen().get(1).at("/replayed").asInt()).isPositive().isLessThan(600);
        assertThat(watching.seen().getLast()).isEqualTo(read(id));
        assertThat(watching.seen().getLast().at("/state").asString()).isEqualTo("done");
        assertThat(watching.lines()).contains("id: end", "event: replay");
    }

    @Test
    void whoComesBackAfterTheEndIsToldToComeNoMore() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", 3);
        UUID id = replay("{\"query\":{},\"subscription\":\"orders\"}");
        awaitEnd(id);

        HttpResponse<String> first = send(streamOf(id));
        HttpResponse<String> again = send(streamOf(id).header("Last-Event-ID", "end"));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("id: end\nevent: replay\ndata: {").endsWith("}\n\n");
        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aCancelledReplayIsOver() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", 3);
        try (Connection turn = nobodysTurn()) {
            UUID id = replay("{\"query\":{},\"subscription\":\"orders\"}");
            Watching watching = watch(id);
            await().until(() -> watching.seen().size() == 1);

            assertThat(send(request(organization, "/v1/replays/" + id).DELETE()).statusCode())
                    .isEqualTo(200);

            await().until(watching::isOver);
            assertThat(watching.seen().getLast().at("/state").asString()).isEqualTo("cancelled");
            assertThat(turn.isValid(1)).isTrue();
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhoTakesAnythingGetsOneAnswer() {
        subscribe("orders", "order.*");
        UUID id = replay("{\"query\":{},\"subscription\":\"orders\"}");

        HttpResponse<String> missing = send(streamOf(UUID.randomUUID()));
        HttpResponse<String> anything =
                send(request(organization, "/v1/replays/" + id).header("Accept", "*/*"));

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(json(missing).at("/message").asString()).contains("replay");
        assertThat(anything.statusCode()).isEqualTo(200);
        assertThat(anything.headers().firstValue("Content-Type").orElseThrow()).startsWith(JSON);
    }

    private HttpRequest.Builder streamOf(UUID id) {
        return request(organization, "/v1/replays/" + id).header("Accept", "text/event-stream");
    }

    private Watching watch(UUID id) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer = HTTP.send(streamOf(id).build(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
        return new Watching(answer.body());
    }

    /** A client that reads all that comes. */
    private static final class Watching {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final AtomicBoolean over = new AtomicBoolean();

        Watching(Stream<String> body) {
            Thread.startVirtualThread(() -> {
                body.forEach(lines::add);
                over.set(true);
            });
        }

        List<String> lines() {
            return lines;
        }

        List<JsonNode> seen() {
            return lines.stream()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> JsonMapper.shared().readTree(line.substring(6)))
                    .toList();
        }

        boolean isOver() {
            return over.get();
        }
    }
}
