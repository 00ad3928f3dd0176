package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PollingDriverTests {

    private final StopSignal stop = new StopSignal();
    private final DriverStatus status =
            new DriverStatus(new DriverIdentity("id", "name", "acme"), false, Clock.systemUTC());
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Emitter emitter =
            new Emitter(this::deliver, new Backoff(new Random(1)), status, letter -> {}, time -> {});
    private final DriverContext context = new DriverContext(
            new DriverIdentity("id", "name", "acme"),
            Options.parse(List.of(), List.of(), Map.of()),
            emitter,
            new MemoryCheckpointStore(),
            status,
            stop,
            Clock.systemUTC(),
            new Random(1));
    private Thread driver = new Thread();

    @AfterEach
    void stop() throws InterruptedException {
        held.values().forEach(CountDownLatch::countDown);
        stop.request();
        driver.join();
    }

    @Test
    void a_batch_is_committed_after_all_its_events_and_before_the_next_is_read() {
        start(1, "a1 a2", "b1");

        await().until(() -> log.contains("commit b1"));
        assertThat(log)
                .containsExactly("poll a1 a2", "sent a1", "sent a2", "commit a1 a2", "poll b1", "sent b1", "commit b1");
    }

    @Test
    void batches_sent_side_by_side_are_committed_in_the_order_they_were_read() {
        CountDownLatch slow = hold("a");
        start(2, "a", "b");
        await().until(() -> log.contains("sent b"));
        assertThat(log).doesNotContain("commit b");

        slow.countDown();

        await().until(() -> log.contains("commit b"));
        assertThat(log.indexOf("commit a")).isLessThan(log.indexOf("commit b"));
    }

    @Test
    void the_stop_waits_for_what_was_read_and_reads_no_more() throws Exception {
        CountDownLatch slow = hold("a");
        start(1, "a", "b");
        await().until(() -> log.contains("poll a"));

        stop.request();
        slow.countDown();
        driver.join();

        assertThat(log).containsExactly("poll a", "sent a", "commit a");
    }

    @Test
    void an_upstream_that_fails_is_asked_again_and_the_driver_is_not_ready_meanwhile() {
        start(1, "fail", "a");

        await().until(() -> status.trouble().isPresent());
        await().until(() -> log.contains("commit a"));
        assertThat(status.trouble()).isEmpty();
    }

    @Test
    void a_commit_that_fails_is_made_again() {
        start(1, "fragile");

        await().until(() -> log.contains("commit fragile"));
        assertThat(log).containsSubsequence("commit failed", "commit fragile");
    }

    @Test
    void a_defect_in_a_driver_ends_it() {
        PollingDriver defect = driver(1, "defect");

        assertThatIllegalStateException().isThrownBy(() -> defect.run(context));
    }

    private CountDownLatch hold(String id) {
        CountDownLatch latch = new CountDownLatch(1);
        held.put(id, latch);
        return latch;
    }

    private void start(int batchesInFlight, String... polls) {
        PollingDriver polling = driver(batchesInFlight, polls);
        driver = Thread.ofVirtual().start(() -> {
            try {
                polling.run(context);
            } catch (InterruptedException e) {
                log.add("interrupted");
            }
        });
    }

    /** Each poll is the ids of its events; "fail" fails once, "fragile" fails to commit once, "defect" is a defect. */
    private PollingDriver driver(int batchesInFlight, String... polls) {
        Queue<String> left = new ConcurrentLinkedQueue<>(List.of(polls));
        AtomicInteger commits = new AtomicInteger();
        PollingSource source = new PollingSource() {
            @Override
            public Batch poll() throws IOException {
                String poll = left.poll();
                if (poll == null) {
                    return Batch.empty(Instant.MAX);
                }
                switch (poll) {
                    case "fail" -> throw new IOException("upstream is down");
                    case "defect" -> throw new IllegalArgumentException("defect");
                    default -> log.add("poll " + poll);
                }
                List<CloudEvent> events = List.of(poll.split(" ")).stream()
                        .map(PollingDriverTests::event)
                        .toList();
                return new Batch(
                        events,
                        () -> {
                            if (poll.equals("fragile") && commits.getAndIncrement() == 0) {
                                log.add("commit failed");
                                throw new IOException("store is down");
                            }
                            log.add("commit " + poll);
                        },
                        Instant.MIN);
            }

            @Override
            public int batchesInFlight() {
                return batchesInFlight;
            }
        };
        return new PollingDriver() {
            @Override
            public DriverDescription describe() {
                return new DriverDescription("test", "For tests.", null, List.of(), List.of(), List.of());
            }

            @Override
            protected List<PollingSource> sources(DriverContext context) {
                return List.of(source);
            }
        };
    }

    private SinkAnswer deliver(CloudEvent event) {
        try {
            held.getOrDefault(event.getId(), new CountDownLatch(0)).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.add("sent " + event.getId());
        return new SinkAnswer.Accepted();
    }

    private static CloudEvent event(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("/tests"))
                .withType("test")
                .build();
    }
}
