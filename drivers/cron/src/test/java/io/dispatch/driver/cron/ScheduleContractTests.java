package io.dispatch.driver.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Schedule} promises. */
final class ScheduleContractTests {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    static Stream<Schedule> schedules() {
        Schedule cron = Dialect.DISPATCH.parse("0 */20 * * * *", ZoneOffset.UTC, null);
        return Stream.of(
                cron,
                Dialect.QUARTZ.parse("0 0 12 ? * 6#2", ZoneOffset.UTC, null),
                new Interval(Duration.ofMinutes(7), null),
                new Interval(Duration.ofMinutes(7), START.plusSeconds(90)),
                new Once(START.plusSeconds(5)),
                new BoundedSchedule(
                        cron,
                        START.plusSeconds(60),
                        START.plus(Duration.ofDays(3)),
                        Set.of(LocalDate.parse("2026-11-25")),
                        ZoneOffset.UTC));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void the_next_fire_is_later(Schedule schedule) {
        Instant first = schedule.next(START).orElseThrow();

        assertThat(first).isAfter(START);
        assertThat(schedule.next(first)).isNotEqualTo(Optional.of(first));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void the_last_fire_is_the_one_found_by_going_through_all(Schedule schedule) {
        for (Duration span : new Duration[] {
            Duration.ofSeconds(1), Duration.ofMinutes(59), Duration.ofHours(30), Duration.ofDays(2), Duration.ofDays(40)
        }) {
            Instant until = START.plus(span);
            Optional<Instant> expected = Optional.empty();
            Optional<Instant> fire = schedule.next(START);
            while (fire.isPresent() && !fire.get().isAfter(until)) {
                expected = fire;
                fire = schedule.next(fire.get());
            }

            assertThat(schedule.last(START, until)).as("in %s", span).isEqualTo(expected);
        }
    }
}
