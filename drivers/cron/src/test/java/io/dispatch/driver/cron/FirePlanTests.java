package io.dispatch.driver.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loop turned by hand, on a schedule of every ten minutes. */
final class FirePlanTests {

    private static final Schedule TEN_MINUTES = Dialect.DISPATCH.parse("0 */10 * * * *", ZoneOffset.UTC, null);

    private final Random random = new Random(1);

    @Test
    void each_fire_is_due_at_its_instant_and_once() {
        FirePlan plan = plan(rules(Misfire.SKIP, Overlap.ALLOW), "12:00:05");

        assertThat(plan.due(at("12:00:05"), at("12:00:05"))).isEqualTo(due(0, "12:10:00"));
        assertThat(plan.due(at("12:09:59"), at("12:00:05"))).isEqualTo(due(0, "12:10:00"));
        assertThat(plan.due(at("12:10:00"), at("12:00:05"))).isEqualTo(due(0, "12:20:00", "12:10:00"));
        assertThat(plan.due(at("12:10:00"), at("12:00:05"))).isEqualTo(due(0, "12:20:00"));
    }

    @Test
    void fires_missed_while_the_driver_was_not_there_are_skipped_and_counted_with_the_next() {
        FirePlan plan = plan(rules(Misfire.SKIP, Overlap.ALLOW), "11:00:00");

        assertThat(plan.due(at("11:35:00"), at("11:35:00"))).isEqualTo(due(3, "11:40:00"));
        assertThat(plan.due(at("11:40:00"), at("11:35:00"))).isEqualTo(due(3, "11:50:00", "11:40:00"));
        assertThat(plan.due(at("11:50:00"), at("11:35:00"))).isEqualTo(due(0, "12:00:00", "11:50:00"));
    }

    @Test
    void a_fire_missed_by_seconds_while_the_driver_was_not_there_is_skipped_too() {
        FirePlan plan = plan(rules(Misfire.SKIP, Overlap.ALLOW), "11:00:00");

        assertThat(plan.due(at("11:10:02"), at("11:10:02")).fires()).isEmpty();
    }

    @Test
    void the_newest_missed_fire_is_made_up_for_once() {
        FirePlan plan = plan(rules(Misfire.FIRE_ONCE, Overlap.ALLOW), "11:00:00");

        assertThat(plan.due(at("11:35:00"), at("11:35:00"))).isEqualTo(due(2, "11:40:00", "11:30:00"));
    }

    @Test
    void all_missed_fires_are_made_up_for_oldest_first() {
        FirePlan plan = plan(rules(Misfire.CATCH_UP, Overlap.ALLOW), "11:00:00");

        assertThat(plan.due(at("11:35:00"), at("11:35:00")))
                .isEqualTo(due(0, "11:40:00", "11:10:00", "11:20:00", "11:30:00"));
    }

    @Test
    void catching_up_is_limited_by_count_and_by_age() {
        FirePlan byCount = plan(
                new FirePlan.Rules(Misfire.CATCH_UP, Overlap.ALLOW, Duration.ZERO, 2, Duration.ofHours(24)),
                "09:00:00");
        FirePlan byAge = plan(
                new FirePlan.Rules(Misfire.CATCH_UP, Overlap.ALLOW, Duration.ZERO, 100, Duration.ofMinutes(21)),
                "09:00:00");

        assertThat(byCount.due(at("10:05:00"), at("10:05:00"))).isEqualTo(due(4, "10:10:00", "09:50:00", "10:00:00"));
        assertThat(byAge.due(at("10:05:00"), at("10:05:00"))).isEqualTo(due(4, "10:10:00", "09:50:00", "10:00:00"));
    }

    @Test
    void a_schedule_of_seconds_is_caught_up_after_a_year_without_counting_through_it() {
        FirePlan plan = new FirePlan(
                Dialect.DISPATCH.parse("* * * * * *", ZoneOffset.UTC, null),
                rules(Misfire.FIRE_ONCE, Overlap.ALLOW),
                random,
                at("12:00:00").minus(Duration.ofDays(365)));

        FirePlan.Due due = plan.due(at("12:00:00"), at("12:00:00"));

        assertThat(due.fires()).containsExactly(at("12:00:00"));
        assertThat(due.missed()).isEqualTo(FirePlan.COUNTED - 1);
    }

    @Test
    void a_fire_that_is_a_little_late_fires_and_one_that_is_very_late_is_missed() {
        FirePlan little = running(rules(Misfire.SKIP, Overlap.ALLOW), "12:05:00");
        FirePlan very = running(rules(Misfire.SKIP, Overlap.ALLOW), "12:05:00");

        assertThat(little.due(at("12:10:59"), at("12:05:00")).fires()).containsExactly(at("12:10:00"));
        assertThat(very.due(at("12:11:01"), at("12:05:00")).fires()).isEmpty();
    }

    @Test
    void an_overlap_is_sent_beside_by_default() {
        FirePlan plan = running(rules(Misfire.SKIP, Overlap.ALLOW), "12:05:00");
        plan.due(at("12:10:00"), at("12:05:00"));

        assertThat(plan.due(at("12:20:00"), at("12:05:00")).fires()).containsExactly(at("12:20:00"));
    }

    @Test
    void a_fire_due_while_the_one_before_was_under_way_is_left_out_with_skip() {
        FirePlan plan = running(rules(Misfire.CATCH_UP, Overlap.SKIP), "12:05:00");
        plan.due(at("12:10:00"), at("12:05:00"));

        assertThat(plan.due(at("12:20:30"), at("12:20:30"))).isEqualTo(due(1, "12:30:00"));
    }

    @Test
    void fires_due_while_one_was_under_way_wait_with_queue() {
        FirePlan plan = running(rules(Misfire.SKIP, Overlap.QUEUE), "12:05:00");
        plan.due(at("12:10:00"), at("12:05:00"));

        assertThat(plan.due(at("12:35:00"), at("12:35:00"))).isEqualTo(due(0, "12:40:00", "12:20:00", "12:30:00"));
    }

    @Test
    void jitter_puts_a_fire_off_and_keeps_its_instant() {
        FirePlan plan = plan(
                new FirePlan.Rules(Misfire.SKIP, Overlap.ALLOW, Duration.ofMinutes(5), 100, Duration.ofHours(1)),
                "12:05:00");

        Instant next = plan.due(at("12:05:00"), at("12:05:00")).next();

        assertThat(next).isAfter(at("12:10:00")).isBefore(at("12:15:00"));
        assertThat(plan.due(next.minusMillis(1), at("12:05:00")).fires()).isEmpty();
        assertThat(plan.due(next, at("12:05:00")).fires()).containsExactly(at("12:10:00"));
    }

    @Test
    void an_interval_keeps_its_beat_over_a_restart() {
        FirePlan plan = new FirePlan(
                new Interval(Duration.ofMinutes(10), null), rules(Misfire.SKIP, Overlap.ALLOW), random, at("11:03:00"));

        assertThat(plan.due(at("11:35:00"), at("11:35:00"))).isEqualTo(due(3, "11:43:00"));
    }

    @Test
    void a_schedule_that_is_over_has_no_next() {
        FirePlan plan =
                new FirePlan(new Once(at("12:10:00")), rules(Misfire.SKIP, Overlap.ALLOW), random, at("12:00:00"));

        assertThat(plan.due(at("12:00:00"), at("12:00:00")).next()).isEqualTo(at("12:10:00"));
        assertThat(plan.due(at("12:10:00"), at("12:00:00")))
                .isEqualTo(new FirePlan.Due(List.of(at("12:10:00")), 0, Instant.MAX));
    }

    private FirePlan plan(FirePlan.Rules rules, String done) {
        return new FirePlan(TEN_MINUTES, rules, random, at(done));
    }

    private FirePlan running(FirePlan.Rules rules, String since) {
        FirePlan plan = plan(rules, since);
        assertThat(plan.due(at(since), at(since)).fires()).isEmpty();
        return plan;
    }

    private static FirePlan.Rules rules(Misfire misfire, Overlap overlap) {
        return new FirePlan.Rules(misfire, overlap, Duration.ZERO, 100, Duration.ofHours(24));
    }

    private static FirePlan.Due due(int missed, String next, String... fires) {
        return new FirePlan.Due(List.of(fires).stream().map(FirePlanTests::at).toList(), missed, at(next));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-24T" + time + "Z");
    }
}
