package io.dispatch.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.AppendResult.SubscriptionsChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens in the transaction of an append. */
class AppendTogetherIT {
    private static final LogDatabase DATABASE = LogDatabase.migrated();
    private static final HikariDataSource EVENT_MANAGER = DATABASE.eventManager();

    private final EventLogWriter writer = new EventLogWriter(EVENT_MANAGER);
    private final EventLogReader reader = new EventLogReader(EVENT_MANAGER);
    private final long version = new PublishedSubscriptions(EVENT_MANAGER).version();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whatIsDoneWithAnAppendIsDoneWithItOrNotAtAll() {
        JdbcClient jdbc = JdbcClient.create(EVENT_MANAGER);
        jdbc.sql("CREATE TABLE event_manager.done (what text PRIMARY KEY)").update();
        List<Long> before = reader.nextOffsets();
        ConnectionCallback<?> once =
                connection -> connection.createStatement().execute("INSERT INTO event_manager.done VALUES ('once')");

        assertThat(writer.append(List.of(entry("also-1")), version + 1, true, once))
                .isInstanceOf(SubscriptionsChanged.class);
        assertThat(writer.append(List.of(), version, true, once)).isEqualTo(new Appended(List.of()));
        assertThatThrownBy(() -> writer.append(List.of(entry("also-2")), version, true, once))
                .isInstanceOf(DataAccessException.class);

        assertThat(reader.nextOffsets()).isEqualTo(before);
        assertThat(jdbc.sql("SELECT count(*) FROM event_manager.done")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatIsTakenForAnAppendIsTakenWithItOrNotAtAll() {
        JdbcClient.create(EVENT_MANAGER)
                .sql("CREATE TABLE event_manager.to_take AS SELECT 'take-1' AS id")
                .update();
        List<Long> before = reader.nextOffsets();
        ConnectionCallback<@Nullable List<NewEntry>> take = connection -> {
            int taken = connection.createStatement().executeUpdate("DELETE FROM event_manager.to_take");
            return taken == 0 ? null : List.of(entry("take-1"));
        };

        assertThat(writer.append(take, version + 1, true)).isInstanceOf(SubscriptionsChanged.class);
        assertThat(reader.nextOffsets()).isEqualTo(before);
        Position position = appended(writer.append(take, version, true)).getFirst();
        assertThat(appended(writer.append(take, version, true))).isEmpty();

        assertThat(reader.read(List.of(position), 1_000))
                .singleElement()
                .satisfies(entry -> assertThat(entry.event().id()).isEqualTo("take-1"));
        assertThat(sum(reader.nextOffsets())).isEqualTo(sum(before) + 1);
    }

    @Test
    void whatIsDoneWithAnAppendKnowsWhereTheEventsStand() {
        List<Position> told = new ArrayList<>();

        AppendResult result =
                writer.append(List.of(entry("a"), entry("b")), version, true, (_, positions) -> told.addAll(positions));

        assertThat(told).hasSize(2).isEqualTo(appended(result));
    }

    private static long sum(List<Long> offsets) {
        return offsets.stream().mapToLong(Long::longValue).sum();
    }

    private static List<Position> appended(AppendResult result) {
        assertThat(result).isInstanceOf(Appended.class);
        return ((Appended) result).positions();
    }

    private static NewEntry entry(String id) {
        return new NewEntry("acme", new long[] {1}, Event.of(Map.of("id", id, "source", "/s", "type", "t"), null));
    }
}
