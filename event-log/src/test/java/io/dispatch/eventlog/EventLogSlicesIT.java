package io.dispatch.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.AppendResult.Appended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventLogSlicesIT {
    private static final long ROOM = 1L << 40;
    private static final Duration WEEK = Duration.ofDays(7);

    private final LogDatabase database = LogDatabase.empty();
    private final HikariDataSource eventManager = database.eventManager();
    private final HikariDataSource functionInvoker = database.functionInvoker();
    private final JdbcClient jdbc = JdbcClient.create(eventManager);
    private final EventLogWriter writer = new EventLogWriter(eventManager);
    private final EventLogReader reader = new EventLogReader(functionInvoker);
    private final EventLogSlices slices = new EventLogSlices(eventManager, Duration.ZERO);

    @BeforeEach
    void fillTheLogOfTheVersionBefore() {
        database.migrate("V101__event_log.sql");
        jdbc.sql("""
                        INSERT INTO event_log.event
                            (partition, "offset", organization, accepted_at, type, source, id, attributes, data, subscriptions)
                        SELECT i % 4, i / 4, 'acme', now() - interval '1 day', 't', '/s', 'old-' || i, '{"subject":"x"}', 'data', '{1}'
                        FROM generate_series(0, 399) AS i""").update();
        jdbc.sql("UPDATE event_log.partition SET next_offset = 100").update();
        database.migrate("V103__slices.sql");
        database.migrate("V104__replays.sql");
        JdbcClient.create(functionInvoker)
                .sql("CREATE TABLE delivery_progress.partition (number smallint, lowest_needed bigint)")
                .update();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasThereBeforeStaysAndIsGoneOnFrom() {
        append("new-1");

        List<String> ids = new ArrayList<>();
        for (int partition = 0; partition < 4; partition++) {
            reader.read(partition, 0, 1000, 1 << 20)
                    .forEach(entry -> ids.add(entry.event().id()));
        }

        assertThat(ids).hasSize(401).contains("old-0", "old-399", "new-1");
        assertThat(reader.nextOffsets()).containsExactlyInAnyOrder(101L, 100L, 100L, 100L);
        assertThat(reader.read(List.of(new Position(1, 7)), 1 << 20))
                .singleElement()
                .satisfies(entry -> assertThat(entry.event().subject()).isEqualTo("x"));
    }

    @Test
    void whatIsTooOldGoesOnceItIsDelivered() {
        begin(2);
        append("young-1");

        assertThat(slices.keep(Duration.ZERO, ROOM).owed()).isTrue();
        assertThat(events()).isEqualTo(401);

        delivered(100, 100, 100, 99);
        assertThat(slices.keep(Duration.ZERO, ROOM).dropped()).isZero();

        delivered(100, 100, 100, 100);
        assertThat(slices.keep(Duration.ZERO, ROOM).dropped()).isEqualTo(1);

        assertThat(events()).isEqualTo(1);
        assertThat(reader.read(List.of(new Position(0, 0)), 1 << 20)).isEmpty();
        assertThat(new EventLogSearch(functionInvoker)
                        .search(new EventQuery("acme", null, null, null, null, null, null), null, 10)
                        .events())
                .extracting(found -> found.entry().event().id())
                .containsExactly("young-1");
    }

    @Test
    void whatIsTooMuchGoesHoweverYoungItIs() {
        begin(2);
        delivered(100, 100, 100, 100);

        assertThat(slices.keep(WEEK, ROOM).dropped()).isZero();
        EventLogSlices.Kept kept = slices.keep(WEEK, 1);

        assertThat(kept.dropped()).isEqualTo(1);
        assertThat(kept.owed()).isFalse();
        assertThat(events()).isZero();
    }

    @Test
    void anEmptyLogBeginsNoSliceAfterTheOther() {
        begin(2);
        for (int i = 0; i < 5; i++) {
            slices.keep(Duration.ZERO, ROOM);
        }

        assertThat(jdbc.sql("SELECT max(number) FROM event_log.slice")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void appendsGoOnWhileSlicesComeAndGo() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> appending = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!stop.get()) {
                append("live-" + count++);
            }
            return count;
        });
        delivered(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        int dropped = 0;
        for (int i = 0; i < 40; i++) {
            dropped += slices.keep(Duration.ZERO, ROOM).dropped();
        }
        stop.set(true);

        int appended = appending.get();
        assertThat(dropped).isGreaterThan(5);
        assertThat(reader.nextOffsets().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(400 + appended);
        append("last");
        assertThat(events()).isPositive();
    }

    @Test
    void whatAKillLeftHalfDoneIsFinished() {
        begin(2);
        delivered(100, 100, 100, 100);
        jdbc.sql("ALTER TABLE event_log.event DETACH PARTITION event_log.event_0")
                .update();

        assertThat(slices.keep(Duration.ZERO, ROOM).dropped()).isEqualTo(1);
        assertThat(jdbc.sql("SELECT to_regclass('event_log.event_0') IS NULL")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("SELECT min(number) FROM event_log.slice")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** Looks until slices up to this number are there, of which the one before is in use. */
    private void begin(int spare) {
        while (jdbc.sql("SELECT max(number) FROM event_log.slice")
                        .query(Integer.class)
                        .single()
                < spare) {
            slices.keep(Duration.ofMillis(1), ROOM);
            slices.keep(WEEK, ROOM);
        }
    }

    private void delivered(long... lowestNeeded) {
        JdbcClient function = JdbcClient.create(functionInvoker);
        function.sql("DELETE FROM delivery_progress.partition").update();
        for (int i = 0; i < lowestNeeded.length; i++) {
            function.sql("INSERT INTO delivery_progress.partition VALUES (?, ?)")
                    .params(i, lowestNeeded[i])
                    .update();
        }
    }

    private void append(String id) {
        Event event = Event.of(Map.of("id", id, "source", "/s", "type", "t"), null);
        AppendResult result = writer.append(List.of(new NewEntry("acme", new long[] {1}, event)), 0, false);
        assertThat(result).isInstanceOf(Appended.class);
    }

    private long events() {
        return jdbc.sql("SELECT count(*) FROM event_log.event")
                .query(Long.class)
                .single();
    }
}
