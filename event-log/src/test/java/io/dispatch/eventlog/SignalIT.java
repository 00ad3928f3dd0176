package io.dispatch.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.dispatch.contracts.event.Event;
import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SignalIT {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final LogDatabase DATABASE = LogDatabase.migrated();
    private static final HikariDataSource EVENT_MANAGER = DATABASE.eventManager();
    private static final HikariDataSource FUNCTION_INVOKER = DATABASE.functionInvoker();

    private final EventLogWriter writer = new EventLogWriter(EVENT_MANAGER);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whoListensIsWokenWhenSomethingWasAppendedWithASignal() throws InterruptedException {
        try (Signal signal = new Signal(FUNCTION_INVOKER, Signal.EVENT_LOG)) {
            assertThat(signal.await(SHORT)).isFalse();

            append(true);

            assertThat(signal.await(LONG)).isTrue();
            assertThat(signal.await(SHORT)).isFalse();
        }
    }

    @Test
    void inBusyTimesNobodyIsWoken() throws InterruptedException {
        try (Signal signal = new Signal(FUNCTION_INVOKER, Signal.EVENT_LOG)) {
            signal.await(SHORT);

            append(false);

            assertThat(signal.await(SHORT)).isFalse();
        }
    }

    @Test
    void aSessionThatBrokeIsReplaced() throws InterruptedException, SQLException {
        try (Signal signal = new Signal(FUNCTION_INVOKER, Signal.EVENT_LOG)) {
            signal.await(SHORT);
            endSessions();

            assertThat(signal.await(SHORT)).isFalse();
            assertThat(signal.await(SHORT)).isFalse();
            append(true);
            assertThat(signal.await(LONG)).isTrue();
        }
    }

    private static void endSessions() throws SQLException {
        try (Connection superuser = TestDatabase.connectAsSuperuser(DATABASE.url());
                Statement statement = superuser.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'"
                    .formatted(ServiceRole.FUNCTION_INVOKER.roleName()));
        }
    }

    private void append(boolean signal) {
        long version = new PublishedSubscriptions(FUNCTION_INVOKER).version();
        Event event = Event.of(Map.of("id", "1", "source", "/s", "type", "t"), "x".getBytes(UTF_8));
        assertThat(writer.append(List.of(new NewEntry("acme", new long[] {1}, event)), version, signal))
                .isInstanceOf(AppendResult.Appended.class);
    }
}
