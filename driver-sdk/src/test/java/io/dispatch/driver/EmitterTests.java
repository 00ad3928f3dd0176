package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmitterTests {

    private static final CloudEvent EVENT = CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/tests"))
            .withType("test.happened")
            .withTime(OffsetDateTime.parse("2026-01-02T03:04:05Z"))
            .withSubject("a \"b\" 100% é")
            .withExtension("partitionkey", "k")
            .withData("application/json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8))
            .build();

    private final DriverHttp http = new DriverHttp(Emitter.WINDOW, Duration.ofSeconds(5));
    private final RecordingPlatform platform;
    private final DriverStatus status =
            new DriverStatus(new DriverIdentity("id", "name", "acme"), false, Clock.systemUTC());
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    EmitterTests() throws IOException {
        platform = new RecordingPlatform();
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        platform.close();
    }

    @Test
    void an_event_arrives_in_binary_mode_with_its_attributes_percent_encoded() throws Exception {
        emitter().send(EVENT);

        RecordingPlatform.Received request = platform.received().getFirst();
        assertThat(request.body()).isEqualTo("{\"a\":1}");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-id", "1")
                .containsEntry("ce-source", "/tests")
                .containsEntry("ce-type", "test.happened")
                .containsEntry("ce-time", "2026-01-02T03:04:05Z")
                .containsEntry("ce-subject", "a%20%22b%22%20100%25%20%C3%A9")
                .containsEntry("ce-partitionkey", "k")
                .doesNotContainKey("ce-datacontenttype");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 405, 408, 409, 425, 429, 500, 502, 503, 504})
    void a_status_that_does_not_speak_of_the_event_is_tried_again(int code) throws Exception {
        platform.answerNext(code, Map.of("Location", platform.sink() + "/elsewhere"));

        emitter().send(EVENT);

        assertThat(platform.received())
                .extracting(RecordingPlatform.Received::answered)
                .containsExactly(code, 202);
        assertThat(waits).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422, 431})
    void a_refusal_of_the_event_is_a_dead_letter_and_not_tried_again(int code) throws Exception {
        platform.answerNext(code);

        emitter().send(EVENT);

        assertThat(platform.received()).hasSize(1);
        assertThat(deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.event()).isEqualTo(EVENT);
            assertThat(letter.reason()).contains(Integer.toString(code), "as the test said");
        });
        assertThat(status.metrics()).contains("dispatch_driver_events_failed_total{reason=\"%d\"} 1\n".formatted(code));
    }

    @Test
    void a_sink_that_is_down_is_tried_until_it_is_back() throws Exception {
        platform.close();
        List<String> troubles = new ArrayList<>();
        RecordingPlatform other = new RecordingPlatform();
        HttpSink down = sink(platform.sink(), Map.of());
        HttpSink up = sink(other.sink(), Map.of());
        Emitter emitter = new Emitter(
                event -> troubles.size() < 3 ? down.deliver(event) : up.deliver(event),
                new Backoff(new Random(1)),
                status,
                deadLetters::add,
                time -> troubles.add(status.trouble().orElseThrow()));

        emitter.send(EVENT);

        assertThat(troubles)
                .hasSize(3)
                .allSatisfy(trouble -> assertThat(trouble).contains("does not answer"));
        assertThat(status.trouble()).isEmpty();
        assertThat(other.acknowledgedIds()).containsExactly("1");
        other.close();
    }

    @Test
    void the_pauses_grow_with_chance_and_retry_after_is_a_least() throws Exception {
        platform.answerNext(503);
        platform.answerNext(503);
        platform.answerNext(503, Map.of("Retry-After", "7"));
        platform.answerNext(503, Map.of("Retry-After", "86400"));

        emitter().send(EVENT);

        assertThat(waits).hasSize(4);
        assertThat(waits.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(waits.get(2)).isEqualTo(Duration.ofSeconds(7));
        assertThat(waits.get(3)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_renewed_token_is_read_and_used_at_once() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "old");
        Emitter emitter = emitter(sink(platform.sink(), Map.of("DISPATCH_TOKEN_FILE", file.toString())));
        platform.requireToken("new");
        Files.writeString(file, "new\n");

        emitter.send(EVENT);

        assertThat(platform.received())
                .extracting(RecordingPlatform.Received::answered)
                .containsExactly(401, 202);
        assertThat(waits).isEmpty();
    }

    @Test
    void a_sink_given_by_argument_never_sees_the_platforms_token() throws Exception {
        HttpSink sink = new HttpSink(
                new SinkAddress(URI.create(platform.sink()), false),
                BearerToken.from(Map.of("AUTH_TOKEN", "t")),
                http,
                Clock.systemUTC());

        emitter(sink).send(EVENT);

        assertThat(platform.received().getFirst().headers()).doesNotContainKey("authorization");
    }

    @Test
    void a_full_window_makes_the_next_sender_wait() throws Exception {
        var taken = new Semaphore(0);
        var entered = new AtomicInteger();
        Emitter emitter = emitter(event -> {
            entered.incrementAndGet();
            taken.acquireUninterruptibly();
            return new SinkAnswer.Accepted();
        });
        List<Thread> senders = IntStream.rangeClosed(0, Emitter.WINDOW)
                .mapToObj(i -> Thread.ofVirtual().start(() -> send(emitter)))
                .toList();
        await().until(() -> entered.get() == Emitter.WINDOW);
        assertThat(status.metrics()).contains("dispatch_driver_inflight " + Emitter.WINDOW + "\n");

        taken.release();

        await().until(() -> entered.get() == Emitter.WINDOW + 1);
        taken.release(Emitter.WINDOW);
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(status.metrics()).contains("dispatch_driver_events_sent_total " + (Emitter.WINDOW + 1) + "\n");
    }

    private void send(Emitter emitter) {
        try {
            emitter.send(EVENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Emitter emitter() {
        return emitter(sink(platform.sink(), Map.of()));
    }

    private Emitter emitter(Sink sink) {
        return new Emitter(sink, new Backoff(new Random(1)), status, deadLetters::add, waits::add);
    }

    private HttpSink sink(String address, Map<String, String> environment) {
        return new HttpSink(
                new SinkAddress(URI.create(address), true), BearerToken.from(environment), http, Clock.systemUTC());
    }
}
