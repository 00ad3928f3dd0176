package io.dispatch.driver.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudevents.CloudEvent;
import io.dispatch.driver.Batch;
import io.dispatch.driver.CheckpointConflictException;
import io.dispatch.driver.CheckpointStore;
import io.dispatch.driver.ConfigurationException;
import io.dispatch.driver.PollingSource;
import io.dispatch.driver.TestContexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the options make of the driver, with a clock that is set by hand. */
final class ScheduleSourceTests {

    private final CheckpointStore checkpoints = TestContexts.checkpoints();
    private final HandClock clock = new HandClock();

    @Test
    void a_fire_carries_its_facts_and_a_stable_id() throws Exception {
        CloudEvent first = firstFire("--cron=0 */10 * * * *", "--data=[1,\"a\"]");
        CloudEvent again = firstFire("--cron=0 */10 * * * *", "--data=[1,\"a\"]");
        CloudEvent other = firstFire("--cron=0 */5 * * * *", "--data=[1,\"a\"]");

        assertThat(first.getId()).isEqualTo(again.getId()).isNotEqualTo(other.getId());
        assertThat(first.getType()).isEqualTo("cron.trigger");
        assertThat(first.getSource()).hasToString("/dispatch/drivers/acme/test");
        assertThat(first.getTime()).isEqualTo("2026-11-24T12:10:00Z");
        assertThat(json(first)).isEqualTo(JsonMapper.builder().build().readTree("""
                {"scheduledTime":"2026-11-24T12:10:00Z","firedTime":"2026-11-24T12:10:00Z","sequence":1,
                 "schedule":"0 */10 * * * *","missed":0,"payload":[1,"a"]}"""));
    }

    @Test
    void data_that_is_no_json_is_text() throws Exception {
        assertThat(json(firstFire("--interval=10m", "--data=hello {}"))
                        .at("/payload")
                        .asString())
                .isEqualTo("hello {}");
    }

    @Test
    void a_content_type_makes_the_data_exactly_what_was_given() throws Exception {
        CloudEvent text = firstFire("--interval=10m", "--data=hello", "--content-type=text/plain");
        CloudEvent bytes = firstFire("--interval=10m", "--data-base64=AP8=", "--content-type=application/x-two");

        assertThat(text.getDataContentType()).isEqualTo("text/plain");
        assertThat(data(text)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(bytes.getDataContentType()).isEqualTo("application/x-two");
        assertThat(data(bytes)).containsExactly(0, 0xFF);
    }

    @Test
    void type_and_source_can_be_set() throws Exception {
        CloudEvent event = firstFire("--interval=10m", "--type=com.example.tick", "--source=https://example.com/clock");

        assertThat(event.getType()).isEqualTo("com.example.tick");
        assertThat(event.getSource()).hasToString("https://example.com/clock");
    }

    @Test
    void several_schedules_are_apart() {
        List<PollingSource> sources =
                sources("--cron=0 0 * * * *; 0 30 * * * *", "--cron=@daily", "--interval=5s", "--at=2026-12-24T18:00");

        assertThat(sources).hasSize(5);
    }

    @Test
    void a_one_time_fire_is_in_the_zone_given_and_never_again() throws Exception {
        clock.set("2026-12-24T16:59:00Z");
        PollingSource source =
                sources("--at=2026-12-24T18:00", "--timezone=Europe/Prague").getFirst();
        assertThat(source.poll().next()).isEqualTo("2026-12-24T17:00:00Z");
        clock.set("2026-12-24T17:00:00Z");
        Batch batch = source.poll();
        batch.commit().commit();
        assertThat(batch.events()).hasSize(1);

        PollingSource restarted =
                sources("--at=2026-12-24T18:00", "--timezone=Europe/Prague").getFirst();

        assertThat(restarted.poll())
                .matches(poll -> poll.events().isEmpty() && poll.next().equals(Instant.MAX));
    }

    @Test
    void nothing_fires_before_the_start_after_the_end_or_on_an_excluded_day() throws Exception {
        PollingSource source = sources(
                        "--cron=@daily",
                        "--start=2026-11-27T00:00:00Z",
                        "--end=2026-11-29T00:00:00Z",
                        "--exclude-dates=2026-11-28")
                .getFirst();

        assertThat(source.poll().next()).isEqualTo("2026-11-27T00:00:00Z");
        clock.set("2026-11-27T00:00:00Z");
        assertThat(source.poll().next()).isEqualTo("2026-11-29T00:00:00Z");
        clock.set("2026-11-29T00:00:00Z");
        assertThat(source.poll())
                .matches(poll -> poll.events().size() == 1 && poll.next().equals(Instant.MAX));
    }

    @Test
    void only_what_was_committed_is_behind_the_driver() throws Exception {
        String[] options = {"--cron=0 */10 * * * *", "--misfire=catch-up"};
        PollingSource source = sources(options).getFirst();
        source.poll();
        clock.set("2026-11-24T12:10:00Z");
        source.poll().commit().commit();
        clock.set("2026-11-24T12:20:00Z");
        CloudEvent uncommitted = source.poll().events().getFirst();
        clock.set("2026-11-24T12:35:00Z");

        List<CloudEvent> events = sources(options).getFirst().poll().events();

        assertThat(events)
                .extracting(CloudEvent::getTime)
                .extracting(Object::toString)
                .containsExactly("2026-11-24T12:20Z", "2026-11-24T12:30Z");
        assertThat(events.getFirst().getId()).isEqualTo(uncommitted.getId());
        assertThat(json(events.getFirst()).at("/sequence").asInt()).isEqualTo(2);
    }

    @Test
    void two_processes_on_one_checkpoint_are_noticed_and_neither_is_stuck() throws Exception {
        PollingSource one = sources("--cron=0 */10 * * * *").getFirst();
        PollingSource two = sources("--cron=0 */10 * * * *").getFirst();
        one.poll();
        two.poll();
        clock.set("2026-11-24T12:10:00Z");
        one.poll().commit().commit();
        Batch.Commit second = two.poll().commit();

        assertThatExceptionOfType(CheckpointConflictException.class).isThrownBy(second::commit);
        second.commit();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --debug                                        | nothing to do: give --cron, --interval or --at, for example --cron="0 */10 * * * *" for every ten minutes
            --cron=* * * *                                 | --cron "* * * *" cannot be read: it has 4 fields, not second minute hour day-of-month month [day-of-week]
            --at=tomorrow                                  | --at takes a time such as 2026-12-24T18:00 or 2026-12-24T18:00:00Z, not "tomorrow"
            --interval=1s --start=2027-01-01T00:00Z --end=2026-01-01T00:00Z | --end 2026-01-01T00:00:00Z is before --start 2027-01-01T00:00:00Z
            --interval=1s --exclude-dates=christmas        | --exclude-dates takes days such as 2026-12-24, not "christmas"
            --interval=1s --data=a --data-base64=YQ==      | --data and --data-base64 exclude each other
            --interval=1s --data-base64=YQ==               | --data-base64 needs --content-type, which says what the bytes are
            --interval=1s --timezone=Mars                  | --timezone takes a time zone: "Mars" is none such as Europe/Prague or +02:00
            """)
    void options_that_cannot_be_used_are_refused_with_the_rule(String options, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> sources(options.split(" (?=--)", -1)))
                .withMessage(message);
    }

    private List<PollingSource> sources(String... arguments) {
        CronDriver driver = new CronDriver();
        return driver.sources(TestContexts.context(driver, checkpoints, clock, arguments));
    }

    private CloudEvent firstFire(String... arguments) throws IOException, InterruptedException {
        clock.set("2026-11-24T12:00:00Z");
        PollingSource source = sources(arguments).getFirst();
        clock.now = source.poll().next();
        return source.poll().events().getFirst();
    }

    private static JsonNode json(CloudEvent event) {
        return JsonMapper.builder().build().readTree(data(event));
    }

    private static byte[] data(CloudEvent event) {
        return Objects.requireNonNull(event.getData()).toBytes();
    }

    private static final class HandClock extends Clock {

        private Instant now = Instant.parse("2026-11-24T12:00:00Z");

        void set(String time) {
            now = Instant.parse(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
