package io.dispatch.eventmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.contracts.log.LogSettings.Keep;
import io.dispatch.contracts.replay.ReplayPreview;
import io.dispatch.eventlog.EventLogScan;
import io.dispatch.eventmanager.log.LoggedEvents;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import tools.jackson.databind.JsonNode;

class ExactlyOnceIT extends ReplayStory {
    private static final int EVENTS = 3_000;

    @Autowired
    Replayer replayer;

    @Autowired
    ReplayTable table;

    @Autowired
    EventLogScan scan;

    @Autowired
    LoggedEvents loggedEvents;

    @Test
    void whoTakesOverGoesOnWhereTheOtherStoppedAndTheOtherCannotGoOn() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", EVENTS);
        UUID id;
        try (Connection turn = nobodysTurn()) {
            id = replay("{\"query\":{},\"subscription\":\"orders\"}");
            replayer.step(stored(id), false);
            StoredReplay seenByTheFirst = stored(id);
            replayer.step(stored(id), false);
            List<String> soFar = copies(id);

            assertThatThrownBy(() -> replayer.step(seenByTheFirst, false))
                    .isInstanceOf(OptimisticLockingFailureException.class);

            assertThat(copies(id)).isEqualTo(soFar).isNotEmpty().hasSizeLessThan(EVENTS);
            assertThat(read(id).at("/replayed").asInt()).isEqualTo(soFar.size());
            assertThat(turn.isValid(1)).isTrue();
        }
        awaitEnd(id);

        assertThat(copies(id))
                .hasSize(EVENTS)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(String::valueOf).toList());
    }

    @Test
    void severalAtOnceAppendEachEventOnce() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", EVENTS);
        UUID id;
        try (Connection turn = nobodysTurn();
                ExecutorService processes = Executors.newFixedThreadPool(3)) {
            id = replay("{\"query\":{},\"subscription\":\"orders\"}");
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(processes.submit(() -> stepToTheEnd(id)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(turn.isValid(1)).isTrue();
        }

        assertThat(read(id).at("/replayed").asInt()).isEqualTo(EVENTS);
        assertThat(new HashSet<>(copies(id))).hasSize(EVENTS);
        assertThat(copies(id)).hasSize(EVENTS);
    }

    @Test
    void whatRetentionDropsMeanwhileIsCountedAsMissed() throws Exception {
        subscribe("orders", "order.*");
        emitMany("order.paid", 500);
        UUID id;
        try (Connection turn = nobodysTurn()) {
            id = replay("{\"query\":{},\"subscription\":\"orders\"}");
            jdbc.sql("DELETE FROM event_log.event").update();
            assertThat(turn.isValid(1)).isTrue();
        }

        JsonNode done = awaitEnd(id);

        assertThat(done.at("/state").asString()).isEqualTo("done");
        assertThat(done.at("/replayed").asInt()).isZero();
        assertThat(done.at("/missed").asInt()).isGreaterThanOrEqualTo(500);
        assertThat(done.at("/scanned").asInt() + done.at("/missed").asInt())
                .isEqualTo(done.at("/toScan").asInt());
    }

    @Test
    void aDryRunSaysWhenItGaveUpCounting() {
        subscribe("orders", "order.*");
        emitMany("order.paid", 2_000);
        Iterator<Instant> times =
                Stream.iterate(Instant.EPOCH, time -> time.plusSeconds(2)).iterator();
        DryRun slow = new DryRun(scan, loggedEvents, new Clock() {
            @Override
            public Instant instant() {
                return times.next();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });

        ReplayPreview preview = slow.of(Wanted.of(organization, null, null, null, null, null), Keep.ALL);

        assertThat(preview.more()).isTrue();
        assertThat(preview.count()).isLessThanOrEqualTo(2_000);
    }

    private void stepToTheEnd(UUID id) {
        StoredReplay replay = stored(id);
        while (replay.end() == null) {
            try {
                replayer.step(replay, false);
            } catch (OptimisticLockingFailureException overtaken) {
                // as it should be
            }
            replay = stored(id);
        }
    }

    @Test
    void aSubscriptionThatStartsInThePastGetsEachEventOnceHoweverFastTheyCome() throws Exception {
        subscribe("all", "*");
        Set<String> emitted = new HashSet<>();
        for (int round = 0; round < 5; round++) {
            String type = "order." + round;
            AtomicBoolean enough = new AtomicBoolean();
            JsonNode created;
            try (ExecutorService emitters = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<List<String>>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    int emitter = i;
                    all.add(emitters.submit(() -> emitUntil(enough, type, emitter)));
                }
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count(type) > 50);
                HttpResponse<String> answer = postJson(
                        organization,
                        "/v1/event/subscriptions",
                        "{\"name\":\"late-%d\",\"eventType\":\"%s\",\"function\":\"f\",\"startTime\":0}"
                                .formatted(round, type));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                assertThat(answer.headers().firstValue("Dispatch-Log-Keep")).contains("matched");
                created = json(answer);
                long then = count(type);
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count(type) > then + 50);
                enough.set(true);
                for (Future<List<String>> one : all) {
                    emitted.addAll(one.get());
                }
            }
            assertThat(created.at("/startTime").asLong(-1)).isZero();
            JsonNode replay = json(get(organization, "/v1/replays")).get(0);
            assertThat(replay.at("/query/type").asString()).isEqualTo(type);
            assertThat(replay.at("/subscription").asString()).isEqualTo("late-" + round);
            awaitEnd(UUID.fromString(replay.at("/id").asString()));

            Set<String> wanted = new HashSet<>(emitted);
            wanted.removeIf(id -> !id.startsWith(type + "/"));
            List<String> owed = owed("late-" + round);
            assertThat(owed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    void aStartIsCheckedAndStaysWhatItWas() {
        subscribe("all", "*");
        emitMany("order.paid", 3);
        HttpResponse<String> future = postJson(
                organization,
                "/v1/event/subscriptions",
                "{\"name\":\"a\",\"eventType\":\"*\",\"function\":\"f\",\"startTime\":4000000000}");
        HttpResponse<String> ancient = postJson(
                organization,
                "/v1/event/subscriptions",
                "{\"name\":\"b\",\"filters\":[{\"exact\":{\"id\":\"1\"}}],\"function\":\"f\",\"startTime\":-9000000000000000000}");
        HttpResponse<String> replaced = send(request(organization, "/v1/event/subscriptions/b")
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofString("{\"eventType\":\"*\",\"function\":\"g\",\"startTime\":4000000000}")));

        assertThat(future.statusCode()).isEqualTo(422);
        assertThat(json(future).at("/code").asInt()).isEqualTo(601);
        assertThat(json(future).at("/message").asString())
                .startsWith("startTime in body must not be in the future, but was 4000000000");
        assertThat(ancient.statusCode()).as(ancient.body()).isEqualTo(201);
        assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
        assertThat(json(replaced).at("/startTime").asLong(-1)).isZero();
        assertThat(json(get(organization, "/v1/event/subscriptions/all")).has("startTime"))
                .isFalse();
        JsonNode replay = json(get(organization, "/v1/replays"));
        assertThat(replay).hasSize(1);
        UUID id = UUID.fromString(replay.at("/0/id").asString());
        awaitEnd(id);
        assertThat(copies(id)).containsExactly("1");
    }

    private List<String> emitUntil(AtomicBoolean enough, String type, int emitter) {
        List<String> ids = new ArrayList<>();
        while (!enough.get()) {
            String id = type + "/" + emitter + "/" + ids.size();
            emit(type, id, "1");
            ids.add(id);
        }
        return ids;
    }

    private long count(String type) {
        return jdbc.sql("SELECT count(*) FROM event_log.event WHERE organization = :organization AND type = :type")
                .param("organization", organization)
                .param("type", type)
                .query(Long.class)
                .single();
    }

    /** The ids of the events that are owed to a subscription, live or by replay. */
    private List<String> owed(String name) {
        return jdbc.sql("""
                        SELECT e.id FROM event_log.subscription s JOIN event_log.event e ON s.id = ANY (e.subscriptions)
                        WHERE s.organization = :organization AND s.name = :name""")
                .param("organization", organization)
                .param("name", name)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private StoredReplay stored(UUID id) {
        return table.find(organization, id).orElseThrow();
    }
}
