package io.dispatch.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.dispatch.database.ServiceRole;
import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.AppendResult.SubscriptionsChanged;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.testing.DatabaseProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log on PostgreSQL: what is asked of any engine, and what its own transactions promise. */
class EventLogIT extends EventLogContract {
    private static final LogDatabase DATABASE = LogDatabase.migrated();
    private static final HikariDataSource EVENT_MANAGER = DATABASE.eventManager();
    private static final HikariDataSource FUNCTION_INVOKER = DATABASE.functionInvoker();

    private final EventLogWriter writer = new EventLogWriter(EVENT_MANAGER);
    private final EventLogReader reader = new EventLogReader(FUNCTION_INVOKER);
    private final EventLogSearch search = new EventLogSearch(FUNCTION_INVOKER);
    private final PublishedSubscriptions subscriptions = new PublishedSubscriptions(FUNCTION_INVOKER);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    AppendResult append(List<NewEntry> entries, long matchedAt) {
        return writer.append(entries, matchedAt, true);
    }

    @Override
    List<LogEntry> read(int partition, long fromOffset, int maxCount, int maxBytes) {
        return reader.read(partition, fromOffset, maxCount, maxBytes);
    }

    @Override
    List<Long> nextOffsets() {
        return reader.nextOffsets();
    }

    @Override
    List<Long> seek(Instant time) {
        return search.seek(time);
    }

    @Override
    long version() {
        return subscriptions.version();
    }

    @Override
    void changeSubscriptions() {
        publish(1000 + version(), State.ACTIVE);
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
}
