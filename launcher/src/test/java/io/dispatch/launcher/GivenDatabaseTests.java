package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenDatabaseTests {

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:p%40ss@db:5433/events, jdbc:postgresql://db:5433/events",
        "postgres://ann:p%40ss@db/events?sslmode=require, jdbc:postgresql://db/events?sslmode=require",
        "jdbc:postgresql://db/events?user=ann&sslmode=require&password=p%40ss, jdbc:postgresql://db/events?sslmode=require",
        "jdbc:postgresql://[::1]:5433/events?user=ann&password=p%40ss, jdbc:postgresql://[::1]:5433/events"
    })
    void keepsUserAndPasswordOutOfTheAddress(String text, String url) {
        GivenDatabase database = GivenDatabase.parse(text, Map.of());

        assertThat(database.url()).isEqualTo(url);
        assertThat(database.credentials()).containsEntry("user", "ann").containsEntry("password", "p@ss");
        assertThat(database.toString()).doesNotContain("p@ss");
    }

    @Test
    void takesFromTheEnvironmentWhatTheAddressDoesNotSay() {
        GivenDatabase database =
                GivenDatabase.parse("postgresql://ann@db/events", Map.of("PGUSER", "bob", "PGPASSWORD", "secret"));

        assertThat(database.credentials()).containsEntry("user", "ann").containsEntry("password", "secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "db", "postgresql://db", "postgresql:///events", "mysql://db/events", "postgresql://a b/c"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> GivenDatabase.parse(text, Map.of()))
                .isInstanceOf(LaunchException.class)
                .hasMessage("--database-url must be postgresql://user:password@host:port/database,"
                        + " with special characters percent-encoded.");
    }
}
