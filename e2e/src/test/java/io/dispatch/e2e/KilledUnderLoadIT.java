package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the launcher keeps running besides the three services of {@code ChaosIT}, and the launcher itself, is killed while events are
 * emitted: it comes back, and what was acknowledged reaches its function. And event-manager, while it replays.
 */
@ExtendWith(SharedProduct.class)
class KilledUnderLoadIT {

    private static final int EMITTERS = 8;

    /** So many that a replay of them is not over before the function has taken some. */
    private static final int OLD_EVENTS = 8_000;

    private static Product product;
    private static RecordingFunction function;

    @BeforeAll
    static void start(Product shared) throws Exception {
        function = new RecordingFunction();
        product = shared;
        product.create("/v1/function", "{\"name\":\"sink\",\"endpoint\":\"%s\"}".formatted(function.url()));
        product.create(
                "/v1/event/subscriptions", "{\"name\":\"all\",\"eventType\":\"load.test\",\"function\":\"sink\"}");
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver-manager-app.jar", "postgres"})
    void nothingAcknowledgedIsLost(String killed) throws Exception {
        try (Emitters emitters = new Emitters()) {
            emitters.awaitMore(200);

            product.kill(killed);

            emitters.awaitMore(500);
            emitters.stop();
            await("every acknowledged event to reach the function")
                    .atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(emitters.missing()).isEmpty());
        }
        await(killed + " to be back")
                .atMost(Duration.ofSeconds(30))
                .until(() -> product.process(killed).isPresent()
                        && product.get("/healthz").statusCode() == 200);
    }

    @Test
    void aKilledLauncherFindsTheSameResourcesAgain() throws Exception {
        var all = product.processes().toList();
        try (Emitters emitters = new Emitters()) {
            emitters.awaitMore(200);

            product.launcherProcess().destroyForcibly();

            await("its children to end with it")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
            emitters.stop();
            product.startAgain();
            assertThat(product.read("/v1/event/subscriptions/all")
                            .path("function")
                            .asString())
                    .isEqualTo("sink");
            await("every acknowledged event to reach the function")
                    .atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(emitters.missing()).isEmpty());
        }
    }

    @Test
    void aReplayThatIsKilledInTheMiddleBringsEachEventOnce() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (RecordingFunction late = new RecordingFunction()) {
            late.answers(() -> onceOpen(open));
            product.create(
                    "/v1/function", "{\"name\":\"late\",\"endpoint\":\"%s\",\"timeout\":300000}".formatted(late.url()));
            product.create(
                    "/v1/event/subscriptions", "{\"name\":\"old\",\"eventType\":\"old.test\",\"function\":\"sink\"}");
            Set<String> emitted = emitOldEvents();
            String replay = "/v1/replays/"
                    + product.create("/v1/replays", "{\"query\":{\"type\":\"old.test\"},\"function\":\"late\"}")
                            .path("id")
                            .asString();
            await("the replay to wait for its function")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> replayed(replay) >= 1_000);

            open.countDown();
            int before = replayed(replay);
            await("it to go on").atMost(Duration.ofSeconds(30)).until(() -> replayed(replay) > before);
            assertThat(product.read(replay).path("state").asString()).isEqualTo("running");
            product.kill("event-manager");

            await("another event-manager to end the replay")
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(product.read(replay).path("state").asString())
                                    .isEqualTo("done"));
            assertThat(replayed(replay)).isEqualTo(OLD_EVENTS);
            await("every event to reach the function")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> late.ids().size() == OLD_EVENTS);
            assertThat(late.ids()).isEqualTo(emitted);
            assertThat(late.calls()).as("each event is called for once").hasSize(OLD_EVENTS);
        }
    }

    private static int onceOpen(CountDownLatch open) {
        try {
            open.await();
            return 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }

    private static int replayed(String replay) throws IOException, InterruptedException {
        return product.read(replay).path("replayed").asInt();
    }

    private static Set<String> emitOldEvents() throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        for (int first = 0; first < OLD_EVENTS; first += 500) {
            List<String> batch = IntStream.range(first, first + 500)
                    .mapToObj(
                            "{\"specversion\":\"1.0\",\"type\":\"old.test\",\"source\":\"/load\",\"id\":\"%d\"}"
                                    ::formatted)
                    .toList();
            var answer = product.send(product.request("/v1/event")
                    .header("Content-Type", "application/cloudevents-batch+json")
                    .POST(BodyPublishers.ofString("[" + String.join(",", batch) + "]")));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            IntStream.range(first, first + 500).mapToObj(String::valueOf).forEach(ids::add);
        }
        return ids;
    }

    /** Some people who emit one event after the other and remember which were acknowledged. */
    private static final class Emitters implements AutoCloseable {

        final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        private final List<CompletableFuture<Void>> emitting;

        Emitters() {
            emitting = IntStream.range(0, EMITTERS)
                    .mapToObj(_ -> CompletableFuture.runAsync(this::emitUntilStopped, threads))
                    .toList();
        }

        private void emitUntilStopped() {
            while (running.get()) {
                String id = UUID.randomUUID().toString();
                try {
                    var answer = product.send(product.request("/v1/event")
                            .header("ce-specversion", "1.0")
                            .header("ce-id", id)
                            .header("ce-source", "/load")
                            .header("ce-type", "load.test")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"n\":1}")));
                    if (answer.statusCode() == 202) {
                        acknowledged.add(id);
                    } else {
                        assertThat(answer.statusCode())
                                .as("refused, but not for our fault: %s", answer.body())
                                .isIn(429, 502, 503);
                        restBeforeTryingAgain();
                    }
                } catch (IOException e) {
                    // not acknowledged: whoever emits this would try again
                    restBeforeTryingAgain();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        /** As a client does: without it the emitters would take the processor from what is starting again. */
        private static void restBeforeTryingAgain() {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }

        void awaitMore(int events) {
            int before = acknowledged.size();
            await("%d more acknowledged events".formatted(events))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> acknowledged.size() >= before + events);
        }

        /** What was acknowledged and has not reached the function. */
        List<String> missing() {
            return acknowledged.stream()
                    .filter(id -> !function.ids().contains(id))
                    .toList();
        }

        void stop() {
            running.set(false);
            threads.close();
            emitting.forEach(CompletableFuture::join);
        }

        @Override
        public void close() {
            stop();
        }
    }
}
