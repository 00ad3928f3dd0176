package io.dispatch.driver.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DialectTests {

    /** What robfig/cron 1.x, the parser of the original driver, does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # seconds first, the day of week may be left out: the documentation's example is every ten seconds
            2026-11-24T05:00:01Z | 0/10 * * * *                    | 2026-11-24T05:00:10Z
            2026-11-24T05:00:30Z | 0/10 * * * *                    | 2026-11-24T05:00:40Z
            2012-07-09T14:45:00Z | 0 0/15 * * *                    | 2012-07-09T15:00:00Z
            2012-07-09T14:59:59Z | 0 0/15 * * *                    | 2012-07-09T15:00:00Z
            # over the end of an hour, a day, a month, a year
            2012-07-09T15:45:00Z | 0 20-35/15 * * *                | 2012-07-09T16:20:00Z
            2012-07-09T23:46:00Z | 0 */15 * * *                    | 2012-07-10T00:00:00Z
            2012-07-09T23:35:51Z | 15/35 20-35/15 * * *            | 2012-07-10T00:20:15Z
            2012-07-09T23:35:51Z | 15/35 20-35/15 1/2 * *          | 2012-07-10T01:20:15Z
            2012-07-09T23:35:51Z | 15/35 20-35/15 10-12 * *        | 2012-07-10T10:20:15Z
            2012-07-09T23:35:51Z | 15/35 20-35/15 1/2 */2 *        | 2012-07-11T01:20:15Z
            2012-07-09T23:35:51Z | 15/35 20-35/15 * 9-20 *         | 2012-07-10T00:20:15Z
            2012-07-09T23:35:00Z | 0 0 0 9 Apr-Oct ?               | 2012-08-09T00:00:00Z
            2012-07-09T23:35:00Z | 0 0 0 * Feb Mon                 | 2013-02-04T00:00:00Z
            2012-12-31T23:59:45Z | 0 * * * * *                     | 2013-01-01T00:00:00Z
            2012-07-09T23:35:00Z | 0 0 0 29 Feb ?                  | 2016-02-29T00:00:00Z
            # Mon/2 is Mon, Wed, Fri
            2012-07-09T23:35:00Z | 0 0 0 * Feb Mon/2               | 2013-02-01T00:00:00Z
            # both fields of days restricted: either is enough
            2012-07-09T00:00:00Z | 0 0 0 1,15 * Sun                | 2012-07-15T00:00:00Z
            2012-07-15T00:00:00Z | 0 0 0 1,15 * Sun                | 2012-07-22T00:00:00Z
            2012-07-29T00:00:00Z | 0 0 0 1,15 * Sun                | 2012-08-01T00:00:00Z
            # a star with a step is a star: both must match
            2012-07-09T23:35:00Z | 0 0 0 */5 Apr,Aug,Oct Mon       | 2012-08-06T00:00:00Z
            2012-07-09T23:35:00Z | 0 0 0 */5 Oct Mon               | 2012-10-01T00:00:00Z
            # Sunday is 0
            2026-11-24T00:00:00Z | 0 0 0 * * 0                     | 2026-11-29T00:00:00Z
            # zones
            2026-11-24T00:00:00Z | TZ=Asia/Tokyo 0 30 9 * * *      | 2026-11-24T00:30:00Z
            2026-11-24T00:00:00Z | CRON_TZ=Asia/Tokyo 0 30 9 * * * | 2026-11-24T00:30:00Z
            # macros
            2026-11-24T05:06:07Z | @hourly                         | 2026-11-24T06:00:00Z
            2026-11-24T05:06:07Z | @daily                          | 2026-11-25T00:00:00Z
            2026-11-24T05:06:07Z | @midnight                       | 2026-11-25T00:00:00Z
            2026-11-24T05:06:07Z | @weekly                         | 2026-11-29T00:00:00Z
            2026-11-24T05:06:07Z | @monthly                        | 2026-12-01T00:00:00Z
            2026-11-24T05:06:07Z | @yearly                         | 2027-01-01T00:00:00Z
            2026-11-24T05:06:07Z | @annually                       | 2027-01-01T00:00:00Z
            # @every counts from the last fire, in whole seconds, at least one
            2026-11-24T05:06:07.5Z | @every 5s                     | 2026-11-24T05:06:12Z
            2026-11-24T05:06:07Z | @every 1h30m                    | 2026-11-24T06:36:07Z
            2026-11-24T05:06:07Z | @every 10ms                     | 2026-11-24T05:06:08Z
            2026-11-24T05:06:07Z | @every 15m0.5s                  | 2026-11-24T05:21:07Z
            """)
    void dispatch_reads_as_the_original_did(Instant after, String expression, Instant expected) {
        assertThat(Dialect.DISPATCH.parse(expression, ZoneOffset.UTC, null).next(after))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-24T05:00:01Z | */10 * * * *   | 2026-11-24T05:10:00Z
            2026-11-24T05:00:01Z | 30 4 * * *     | 2026-11-25T04:30:00Z
            2026-11-24T05:00:01Z | 0 0 * * 7      | 2026-11-29T00:00:00Z
            2026-11-24T05:00:01Z | 0 0 * * 0      | 2026-11-29T00:00:00Z
            2026-11-27T05:00:01Z | 0 0 * * 6-7    | 2026-11-28T00:00:00Z
            2026-11-24T05:00:01Z | 0 0 13 * 5     | 2026-11-27T00:00:00Z
            2026-12-11T05:00:01Z | 0 0 13 * fri   | 2026-12-13T00:00:00Z
            2026-11-24T05:00:01Z | 0 9-17/4 * * * | 2026-11-24T09:00:00Z
            2026-11-24T05:00:01Z | @hourly        | 2026-11-24T06:00:00Z
            """)
    void unix_reads_as_vixie_cron_does(Instant after, String expression, Instant expected) {
        assertThat(Dialect.UNIX.parse(expression, ZoneOffset.UTC, null).next(after))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-24T05:00:01Z | 0 0/10 * * * ?         | 2026-11-24T05:10:00Z
            2026-11-24T05:00:01Z | 0 0 12 ? * 1           | 2026-11-29T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 ? * MON-FRI     | 2026-11-24T12:00:00Z
            2026-11-27T13:00:00Z | 0 0 12 ? * FRI-MON     | 2026-11-28T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 L * ?           | 2026-11-30T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 L-3 * ?         | 2026-11-27T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 LW * ?          | 2026-11-30T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 15W * ?         | 2026-12-15T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 ? * 6L          | 2026-11-27T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 ? * FRIL        | 2026-11-27T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 ? * 6#2         | 2026-12-11T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 ? * L           | 2026-11-28T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 1 1 ? 2028      | 2028-01-01T12:00:00Z
            2026-11-24T05:00:01Z | 0 0 12 1 1 ? 2027/5    | 2027-01-01T12:00:00Z
            2027-01-02T05:00:01Z | 0 0 12 1 1 ? 2027/5    | 2032-01-01T12:00:00Z
            2026-11-24T22:30:00Z | 0 0 22-2 * * ?         | 2026-11-24T23:00:00Z
            """)
    void quartz_reads_as_quartz_does(Instant after, String expression, Instant expected) {
        assertThat(Dialect.QUARTZ.parse(expression, ZoneOffset.UTC, null).next(after))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DISPATCH | 0 0 0 * * 7          | day of week is 0–6 or sun–sat, not "7"
            DISPATCH | 60 * * * * *         | second is 0–59, not "60"
            DISPATCH | 0 0 0 0 * *          | day of month is 1–31, not "0"
            DISPATCH | 0 0 0 L * *          | day of month is 1–31, not "L"
            DISPATCH | 0 0 0 1 foo *        | month is 1–12 or jan–dec, not "foo"
            DISPATCH | * * * *              | it has 4 fields, not second minute hour day-of-month month [day-of-week]
            DISPATCH | * * * * * * *        | it has 7 fields, not second minute hour day-of-month month [day-of-week]
            DISPATCH | 0 30-10 * * * *      | "30-10" in minute ends before it begins
            DISPATCH | 0 */0 * * * *        | "*/0" in minute: a step is a whole number from 1 on
            DISPATCH | 0 1/2/3 * * * *      | "1/2/3" in minute is no value, range (a-b) or step (a-b/n)
            DISPATCH | 0 1,,2 * * * *       | minute is 0–59, not ""
            DISPATCH | 0 0 0 30 2 ?         | there is no such date
            DISPATCH | @often               | "@often" is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, @every <duration>
            DISPATCH | @every soon          | no duration such as 10s, 5m, 1h30m or PT10S
            DISPATCH | TZ=Mars/Base * * * * * | "Mars/Base" is no time zone such as Europe/Prague
            UNIX     | 0 0/10 * * * *       | it has 6 fields, not minute hour day-of-month month day-of-week
            UNIX     | 0/10 * * * *         | "0/10" in minute: a step needs a star or a range
            UNIX     | 0 0 * * ?            | "?" is not known to unix
            UNIX     | 0 0 * * 8            | day of week is 0–7 or sun–sat, not "8"
            QUARTZ   | 0 0 12 * * *         | one of day-of-month and day-of-week must be ?, and only one
            QUARTZ   | 0 0 12 ? * ?         | one of day-of-month and day-of-week must be ?, and only one
            QUARTZ   | 0 0 12 ? * 0         | day of week is 1–7 or sun–sat, not "0"
            QUARTZ   | 0 0 12 1 1 ? 1800    | year is 1970–2099, not "1800"
            QUARTZ   | 0 0 12 * *           | it has 5 fields, not second minute hour day-of-month month day-of-week [year]
            """)
    void what_cannot_be_read_is_refused_with_the_rule(Dialect dialect, String expression, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialect.parse(expression, ZoneOffset.UTC, null))
                .withMessage(message);
    }

    @Test
    void the_years_of_a_quartz_expression_come_to_an_end() {
        Schedule schedule = Dialect.QUARTZ.parse("0 0 0 1 1 ? 2027", ZoneOffset.UTC, null);

        assertThat(schedule.next(Instant.parse("2027-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void a_local_time_that_a_day_does_not_have_is_left_out() {
        Schedule schedule = Dialect.DISPATCH.parse("0 30 2 * * *", ZoneId.of("Europe/Prague"), null);

        assertThat(from(schedule, "2026-03-28T00:00:00Z", 2))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void a_local_time_that_a_day_has_twice_fires_once() {
        Schedule schedule = Dialect.DISPATCH.parse("0 30 2 * * *", ZoneId.of("Europe/Prague"), null);

        assertThat(from(schedule, "2026-10-24T00:00:00Z", 3))
                .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void a_schedule_of_every_hour_fires_in_both_of_the_doubled_hours() {
        Schedule schedule = Dialect.DISPATCH.parse("0 30 * * * *", ZoneId.of("Europe/Prague"), null);

        assertThat(from(schedule, "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    }

    private static List<String> from(Schedule schedule, String after, int count) {
        List<String> fires = new ArrayList<>();
        Optional<Instant> fire = schedule.next(Instant.parse(after));
        while (fires.size() < count && fire.isPresent()) {
            fires.add(fire.get().toString());
            fire = schedule.next(fire.get());
        }
        return fires;
    }
}
