package io.dispatch.eventmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class RoomIT {
    private static final long REPLAY = 7;

    private final String url = TestDatabase.create();
    private final JdbcClient functionInvoker = JdbcClient.create(dataSource(ServiceRole.FUNCTION_INVOKER));
    private final Room room = new Room(JdbcClient.create(dataSource(ServiceRole.EVENT_MANAGER)));

    @BeforeEach
    void migrate() throws IOException {
        Resource[] all = new PathMatchingResourcePatternResolver().getResources("classpath:db/event_log/V*.sql");
        Arrays.sort(all, Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())));
        new ResourceDatabasePopulator(all).execute(dataSource(ServiceRole.EVENT_MANAGER));
        JdbcClient.create(dataSource(ServiceRole.EVENT_MANAGER))
                .sql("UPDATE event_log.partition SET next_offset = 10000")
                .update();
    }

    @Test
    void whileNobodyHasEverDeliveredThereIsRoom() {
        assertThat(room.look(REPLAY).isEnough()).isTrue();
        assertThat(room.look(REPLAY).appended()).isEqualTo(40_000);
    }

    @Test
    void thereIsNoRoomWhileTheLogIsBehindOrCopiesWaitForACall() {
        functionInvoker
                .sql("CREATE TABLE delivery_progress.settled AS"
                        + " SELECT n AS number, 10000::bigint AS next_offset FROM generate_series(0, 3) AS n")
                .update();
        functionInvoker
                .sql("CREATE TABLE delivery_progress.due (partition smallint, subscription bigint, due_at timestamptz)")
                .update();
        assertThat(room.look(REPLAY).isEnough()).isTrue();

        settled(10_000 - Room.MOST_UNSETTLED - 1);
        assertThat(room.look(REPLAY).isEnough()).isFalse();
        settled(10_000);
        assertThat(room.look(REPLAY).isEnough()).isTrue();

        due(REPLAY, "now() + interval '1 hour'");
        due(REPLAY + 1, "now()");
        assertThat(room.look(REPLAY).isEnough()).isTrue();
        due(REPLAY, "now()");
        assertThat(room.look(REPLAY).isEnough()).isFalse();
    }

    private void settled(long offset) {
        functionInvoker
                .sql("UPDATE delivery_progress.settled SET next_offset = :offset WHERE number = 2")
                .param("offset", offset)
                .update();
    }

    private void due(long subscription, String when) {
        functionInvoker
                .sql("INSERT INTO delivery_progress.due SELECT n % 4, :subscription, " + when
                        + " FROM generate_series(1, :most) AS n")
                .param("subscription", subscription)
                .param("most", Room.MOST_DUE)
                .update();
    }

    private DriverManagerDataSource dataSource(ServiceRole role) {
        return new DriverManagerDataSource(url, role.roleName(), TestDatabase.password(role));
    }
}
