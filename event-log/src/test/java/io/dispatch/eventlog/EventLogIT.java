package io.dispatch.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.dispatch.contracts.event.Event;
import io.dispatch.database.ServiceRole;
import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.AppendResult.SubscriptionsChanged;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.testing.DatabaseProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventLogIT {
    private static final String ACME = "acme";

    private static final LogDatabase DATABASE = LogDatabase.migrated();
    private static final HikariDataSource EVENT_MANAGER = DATABASE.eventManager();
    private static final HikariDataSource FUNCTION_INVOKER = DATABASE.functionInvoker();

    private final EventLogWriter writer = new EventLogWriter(EVENT_MANAGER);
    private final EventLogReader reader = new EventLogReader(FUNCTION_INVOKER);
    private final PublishedSubscriptions subscriptions = new PublishedSubscriptions(FUNCTION_INVOKER);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /** After a crash PostgreSQL gives out numbers again whose transactions had not reached its log. */
    @Test
    void aTransactionThatOnlyHasTheSameNumberIsNotTakenForOurs() {
        JdbcClient jdbc = JdbcClient.create(EVENT_MANAGER);
        String another = jdbc.sql("SELECT pg_current_xact_id()::text")
                .query(String.class)
                .single();
        String future = jdbc.sql("SELECT (pg_current_xact_id()::text::bigint + 1000000)::text")
                .query(String.class)
                .single();
        NewEntry appended = entry("crash-1", null);
        NewEntry lost = entry("crash-2", null);
        Position there = appended(writer.append(List.of(appended), subscriptions.version(), true))
                .getFirst();
        Position nowhere = new Position(there.partition(), there.offset() + 1000);
        var cause = new IOException("cut");

        CommitOutcome outcome = new CommitOutcome(EVENT_MANAGER);

        assertThat(outcome.isCommitted(another, there, appended.event(), cause)).isTrue();
        assertThat(outcome.isCommitted(another, nowhere, lost.event(), cause)).isFalse();
        assertThat(outcome.isCommitted(another, there, lost.event(), cause)).isFalse();
        assertThat(outcome.isCommitted(future, nowhere, lost.event(), cause)).isFalse();
    }

    @Test
    void anEventIsReadAsItWasAppended() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("time", "2018-11-30t09:15:00.5z");
        attributes.put("zahl", -7);
        attributes.put("type", "t");
        attributes.put("wahr", true);
        attributes.put("source", "/s");
        attributes.put("id", "ü \" 😀");
        attributes.put("text", "a\\b \"c\" 😀");
        Event event = Event.of(attributes, new byte[] {0, -1, '{'});
        Instant before = Instant.now().minusSeconds(1);

        Position position = append(new NewEntry(ACME, new long[] {7, 8}, event));

        LogEntry entry = reader.read(position.partition(), position.offset(), 10, 1 << 20)
                .getFirst();
        assertThat(entry.position()).isEqualTo(position);
        assertThat(entry.organization()).isEqualTo(ACME);
        assertThat(entry.subscriptions()).containsExactly(7, 8);
        assertThat(entry.event()).isEqualTo(event);
        assertThat(entry.event().attributes().keySet())
                .containsExactly("type", "source", "id", "time", "zahl", "wahr", "text");
        assertThat(entry.acceptedAt()).isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void noDataAndEmptyDataAreToldApart() {
        Position without = append(entry("1", null));
        Position empty = append(entry("2", new byte[0]));

        assertThat(event(without).data()).isNull();
        assertThat(event(empty).data()).isEmpty();
    }

    @Test
    void eventsWithAKeyKeepTheirPartitionAndTheirOrder() {
        List<NewEntry> entries = IntStream.range(0, 40)
                .mapToObj(i -> new NewEntry(
                        ACME,
                        new long[] {1},
                        Event.of(
                                Map.of("id", "" + i, "source", "/s", "type", "t", "partitionkey", "key-" + i % 8),
                                null)))
                .toList();

        List<Position> first = appended(writer.append(entries.subList(0, 20), version(), true));
        List<Position> second = appended(writer.append(entries.subList(20, 40), version(), true));

        List<Position> all = new ArrayList<>(first);
        all.addAll(second);
        for (int i = 8; i < 40; i++) {
            assertThat(all.get(i).partition()).isEqualTo(all.get(i - 8).partition());
            assertThat(all.get(i).offset()).isGreaterThan(all.get(i - 8).offset());
        }
        assertThat(all.stream().map(Position::partition).distinct()).hasSizeGreaterThan(1);
        for (int i = 0; i < 40; i++) {
            assertThat(event(all.get(i)).id()).isEqualTo("" + i);
        }
    }

    @Test
    void aGroupThatWasMatchedBeforeAChangeIsRefusedWhole() {
        long matchedAt = version();
        List<Long> before = reader.nextOffsets();
        publish(1000 + matchedAt, State.ACTIVE);

        AppendResult some = writer.append(List.of(entry("late", null)), matchedAt, true);
        AppendResult none = writer.append(List.of(), matchedAt, true);

        assertThat(some).isEqualTo(new SubscriptionsChanged(matchedAt + 1));
        assertThat(none).isEqualTo(new SubscriptionsChanged(matchedAt + 1));
        assertThat(reader.nextOffsets()).isEqualTo(before);
        assertThat(writer.append(List.of(), matchedAt + 1, true)).isEqualTo(new Appended(List.of()));
    }

    @Test
    void aGroupThatWaitsForItsPartitionWhileALineIsDrawnIsRefused() throws Exception {
        JdbcClient jdbc = JdbcClient.create(EVENT_MANAGER);
        long matchedAt = version();
        List<Long> before = reader.nextOffsets();
        try (Connection line = EVENT_MANAGER.getConnection();
                Statement statement = line.createStatement();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            line.setAutoCommit(false);
            statement.execute("UPDATE event_log.subscriptions_version SET version = version + 1");
            statement.execute(
                    "UPDATE event_log.partition SET matched_from = (SELECT version FROM event_log.subscriptions_version)");
            Future<AppendResult> late =
                    other.submit(() -> writer.append(List.of(entry("late", null)), matchedAt, true));
            while (!late.isDone() && isNobodyWaiting(jdbc)) {
                Thread.onSpinWait();
            }
            line.commit();

            assertThat(late.get()).isEqualTo(new SubscriptionsChanged(matchedAt + 1));
        }

        assertThat(reader.nextOffsets()).isEqualTo(before);
        assertThat(writer.append(List.of(entry("after", null)), matchedAt + 1, true))
                .isInstanceOf(Appended.class);
    }

    private static boolean isNobodyWaiting(JdbcClient jdbc) {
        return jdbc.sql("""
                        SELECT count(*) = 0 FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'""").query(Boolean.class).single();
    }

    @Test
    void severalWritersLeaveNoGapAndReadersSkipNothing() throws Exception {
        List<Long> start = reader.nextOffsets();
        int writers = 4;
        int groups = 40;
        long matchedAt = version();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Position>>> written = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String name = "w" + w;
                written.add(threads.submit(() -> writeGroups(name, groups, matchedAt)));
            }
            List<Future<List<String>>> seen = new ArrayList<>();
            for (int p = 0; p < start.size(); p++) {
                int partition = p;
                long from = start.get(p);
                seen.add(threads.submit(() -> follow(partition, from, written)));
            }

            Map<Position, String> ids = new HashMap<>();
            for (int w = 0; w < writers; w++) {
                List<Position> positions = written.get(w).get();
                for (int i = 0; i < positions.size(); i++) {
                    assertThat(ids.put(positions.get(i), "w" + w + "-" + i)).isNull();
                }
            }
            List<Long> end = reader.nextOffsets();
            for (int p = 0; p < start.size(); p++) {
                int partition = p;
                List<String> expected = LongStream.range(start.get(p), end.get(p))
                        .mapToObj(offset -> ids.get(new Position(partition, offset)))
                        .toList();
                assertThat(seen.get(p).get()).doesNotContainNull().isEqualTo(expected);
            }
        }
    }

    private List<Position> writeGroups(String name, int groups, long matchedAt) {
        List<Position> positions = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            List<NewEntry> group = new ArrayList<>();
            for (int i = 0; i < 1 + g % 5; i++) {
                int number = positions.size() + i;
                Map<String, String> attributes =
                        new HashMap<>(Map.of("id", name + "-" + number, "source", "/s", "type", "t"));
                if (number % 2 == 0) {
                    attributes.put("partitionkey", "k" + number % 11);
                }
                group.add(new NewEntry(ACME, new long[] {1}, Event.of(attributes, null)));
            }
            positions.addAll(appended(writer.append(group, matchedAt, true)));
        }
        return positions;
    }

    /** Reads on as a deliverer does, until all writers have ended and nothing more comes. */
    private List<String> follow(int partition, long from, List<Future<List<Position>>> writers) {
        List<String> ids = new ArrayList<>();
        long next = from;
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(deadline)) {
            boolean ended = writers.stream().allMatch(Future::isDone);
            List<LogEntry> page = reader.read(partition, next, 7, 1 << 20);
            for (LogEntry entry : page) {
                assertThat(entry.offset()).isEqualTo(next++);
                ids.add(entry.event().id());
            }
            if (ended && page.isEmpty()) {
                return ids;
            }
        }
        throw new AssertionError("partition " + partition + " does not come to an end");
    }

    @Test
    void aPageEndsWithItsCountOrItsBytesButHoldsOneAtLeast() {
        byte[] data = "x".repeat(1000).getBytes(UTF_8);
        List<NewEntry> group =
                IntStream.range(0, 5).mapToObj(i -> entry("" + i, data)).toList();
        Position first = appended(writer.append(group, version(), true)).getFirst();

        assertThat(reader.read(first.partition(), first.offset(), 3, 1 << 20)).hasSize(3);
        assertThat(reader.read(first.partition(), first.offset(), 100, 1)).hasSize(1);
        assertThat(reader.read(first.partition(), first.offset(), 100, 2500)).hasSize(3);
        assertThat(reader.read(first.partition(), first.offset() + 5, 100, 1 << 20))
                .isEmpty();
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() {
        List<Long> before = reader.nextOffsets();
        NewEntry impossible =
                new NewEntry("nul \u0000", new long[] {1}, entry("1", null).event());

        assertThatThrownBy(() -> writer.append(List.of(entry("0", null), impossible), version(), true))
                .isInstanceOf(DataAccessException.class);

        assertThat(reader.nextOffsets()).isEqualTo(before);
    }

    @Test
    void aLockedPartitionIsWaitedForButNotForEver() throws Exception {
        try (var connection = EVENT_MANAGER.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM event_log.partition FOR UPDATE");

            assertThatThrownBy(() -> writer.append(List.of(entry("1", null)), version(), true))
                    .isInstanceOf(CannotAcquireLockException.class);
            connection.rollback();
        }
        append(entry("2", null));
    }

    @Test
    void subscriptionsAreReadStepByStepWithTheDeletedOnes() {
        long start = version();
        publish(1, State.ACTIVE);
        publish(2, State.ACTIVE);
        long middle = version();
        publish(1, State.DELETED);

        assertThat(subscriptions.changesSince(start).subscriptions())
                .extracting(PublishedSubscription::id, PublishedSubscription::state)
                .containsExactlyInAnyOrder(tuple(1L, State.DELETED), tuple(2L, State.ACTIVE));
        PublishedSubscriptions.Changes step = subscriptions.changesSince(middle);
        assertThat(step.version()).isEqualTo(middle + 1);
        assertThat(step.subscriptions()).singleElement().satisfies(deleted -> {
            assertThat(deleted.id()).isEqualTo(1);
            assertThat(deleted.secrets()).containsExactly("a", "b");
        });
        assertThat(subscriptions.changesSince(step.version()))
                .isEqualTo(new PublishedSubscriptions.Changes(step.version(), List.of()));
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundAndNotRepeated() throws IOException {
        try (DatabaseProxy proxy = new DatabaseProxy(DATABASE.url());
                HikariDataSource proxied = DATABASE.dataSource(ServiceRole.EVENT_MANAGER)) {
            proxied.setJdbcUrl(proxy.url());
            long count = count();
            proxy.set(DatabaseProxy.Fault.CUT_AFTER_COMMIT);

            Position position = appended(
                            new EventLogWriter(proxied).append(List.of(entry("lost", null)), version(), true))
                    .getFirst();

            assertThat(event(position).id()).isEqualTo("lost");
            assertThat(count()).isEqualTo(count + 1);
        }
    }

    @Test
    void aCommitThatNeverArrivedIsAFailureAndLeavesNothing() throws IOException {
        try (DatabaseProxy proxy = new DatabaseProxy(DATABASE.url());
                HikariDataSource proxied = DATABASE.dataSource(ServiceRole.EVENT_MANAGER)) {
            proxied.setJdbcUrl(proxy.url());
            long count = count();
            proxy.set(DatabaseProxy.Fault.CUT_BEFORE_COMMIT);

            assertThatThrownBy(() -> new EventLogWriter(proxied).append(List.of(entry("never", null)), version(), true))
                    .isInstanceOf(DataAccessException.class);

            assertThat(count()).isEqualTo(count);
            append(entry("next", null));
        }
    }

    private static long count() {
        return JdbcClient.create(EVENT_MANAGER)
                .sql("SELECT count(*) FROM event_log.event")
                .query(Long.class)
                .single();
    }

    private void publish(long id, State state) {
        JdbcClient.create(EVENT_MANAGER)
                .sql("""
                        WITH change AS (UPDATE event_log.subscriptions_version SET version = version + 1 RETURNING version)
                        INSERT INTO event_log.subscription
                            (id, organization, name, version, event_type, function, secrets, state, changed_at)
                        SELECT ?, 'acme', 's' || ?, 1, 't', 'f', '{a,b}', ?, version FROM change
                        ON CONFLICT (id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at""")
                .params(id, id, state.name().toLowerCase(Locale.ROOT))
                .update();
    }

    private Event event(Position position) {
        return reader.read(position.partition(), position.offset(), 1, 1)
                .getFirst()
                .event();
    }

    private Position append(NewEntry entry) {
        return appended(writer.append(List.of(entry), version(), true)).getFirst();
    }

    private long version() {
        return subscriptions.version();
    }

    private static List<Position> appended(AppendResult result) {
        return ((Appended) result).positions();
    }

    private static NewEntry entry(String id, byte @Nullable [] data) {
        return new NewEntry(ACME, new long[] {1}, Event.of(Map.of("id", id, "source", "/s", "type", "t"), data));
    }
}
