package io.dispatch.eventmanager.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.eventmanager.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class StreamIT extends RunningService {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String organization = "stream-" + UUID.randomUUID();

    @Autowired
    JdbcClient jdbc;

    @Test
    void eventsComeAsTheyAreAcceptedAndABrokenStreamGoesOnWhereItWas() throws Exception {
        keepAll(organization);
        String other = "stream-" + UUID.randomUUID();
        keepAll(other);
        String last;
        try (Following following = follow("?type=order.*", null)) {
            await().until(() -> !following.lines().isEmpty());
            emit(other, "order.paid", "theirs");
            emit(organization, "invoice", "another type");
            emit(organization, "order.paid", "1");

            await().until(() -> following.data().size() == 1);
            assertThat(following.data().getFirst()).contains("\"id\":\"1\"", "\"matched\":[]");
            emit(organization, "order.sent", "2");
            await().until(() -> following.data().size() == 2);
            last = following.lines().stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((_, line) -> line.substring(4))
                    .orElseThrow();
        }
        emit(organization, "order.paid", "3");

        try (Following following = follow("", last)) {
            await().until(() -> following.data().size() == 1);
            assertThat(following.data().getFirst()).contains("\"id\":\"3\"");
        }
    }

    @Test
    void whoIsTooFarBehindIsToldAndGoesOnFromTheEnd() throws Exception {
        keepAll(organization);
        jdbc.sql("UPDATE event_log.partition SET next_offset = next_offset + 20000")
                .update();

        try (Following following = follow("", "0.0.0.0")) {
            await().until(() -> following.lines().contains("event: missed"));
            emit(organization, "order.paid", "now");
            await().until(() -> following.data().stream().anyMatch(data -> data.contains("\"id\":\"now\"")));
        }
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        HttpResponse<String> answer =
                send(request(organization, "/v1/event/stream").header("Last-Event-ID", "x"));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    private Following follow(String query, @Nullable String lastEventId) throws IOException, InterruptedException {
        var request = request(organization, "/v1/event/stream" + query);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
        return new Following(answer.body());
    }

    private void keepAll(String of) {
        var request = request(of, "/v1/event/log")
                .header("Content-Type", JSON)
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"keep\":\"all\"}"));
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    private void emit(String of, String type, String id) {
        Map<String, String> headers = Map.of("ce-specversion", "1.0", "ce-id", id, "ce-source", "/s", "ce-type", type);
        assertThat(post(of, "/v1/event", headers, "").statusCode()).isEqualTo(202);
    }

    /** A client of the stream, which reads all that comes. */
    private static final class Following implements AutoCloseable {
        private final InputStream in;
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Following(InputStream in) {
            this.in = in;
            Thread.startVirtualThread(this::read);
        }

        private void read() {
            try {
                StringBuilder line = new StringBuilder();
                byte[] chunk = new byte[4096];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    for (char character : new String(chunk, 0, read, StandardCharsets.UTF_8).toCharArray()) {
                        if (character == '\n') {
                            lines.add(line.toString());
                            line.setLength(0);
                        } else {
                            line.append(character);
                        }
                    }
                }
            } catch (IOException closed) {
                lines.add("closed: " + closed.getMessage());
            }
        }

        List<String> lines() {
            return lines;
        }

        List<String> data() {
            return lines.stream()
                    .filter(line -> line.startsWith("data: {\"acceptedAt"))
                    .toList();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
