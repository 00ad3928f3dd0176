package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OptionsTests {

    private enum Policy {
        SKIP,
        FIRE_ONCE
    }

    private static final Option<String> SOURCE =
            Option.text("source", "where from").withDefault("here");
    private static final Option<List<String>> CRON = Option.text("cron", "when").repeated();
    private static final Option<Duration> JITTER = Option.duration("jitter", "how much");
    private static final Option<Policy> MISFIRE = Option.choice("misfire", Policy.class, "what then");
    private static final Option<Boolean> DRY =
            Option.flag("dry-run", "do nothing").alias("dryrun");
    private static final Option<String> PASSWORD =
            Option.text("password", "secret").hidden();
    private static final Option<Integer> LIMIT = Option.count("limit", "how many");
    private static final List<Option<?>> KNOWN = List.of(SOURCE, CRON, JITTER, MISFIRE, DRY, PASSWORD, LIMIT);

    @Test
    void an_argument_wins_over_the_environment_and_that_over_the_default() {
        assertThat(parse(Map.of(), "--source=argument").get(SOURCE)).isEqualTo("argument");
        assertThat(parse(Map.of("SOURCE", "variable"), "--source=argument").get(SOURCE))
                .isEqualTo("argument");
        assertThat(parse(Map.of("SOURCE", "variable")).get(SOURCE)).isEqualTo("variable");
        assertThat(parse(Map.of("SOURCE", "")).get(SOURCE)).isEqualTo("here");
    }

    @Test
    void a_dash_in_a_name_is_an_underscore_in_the_environment() {
        assertThat(parse(Map.of("DRY_RUN", "true")).get(DRY)).isTrue();
    }

    @Test
    void a_bare_flag_is_true_by_any_of_its_names() {
        assertThat(parse(Map.of(), "--dry-run").get(DRY)).isTrue();
        assertThat(parse(Map.of(), "--dryrun").get(DRY)).isTrue();
        assertThat(parse(Map.of(), "--dry-run=false").get(DRY)).isFalse();
        assertThat(parse(Map.of()).get(DRY)).isFalse();
    }

    @Test
    void one_dash_and_a_value_of_its_own_are_understood_as_go_does() {
        assertThat(parse(Map.of(), "-source=a").get(SOURCE)).isEqualTo("a");
        assertThat(parse(Map.of(), "--source", "a").get(SOURCE)).isEqualTo("a");
    }

    @Test
    void a_value_keeps_its_equals_signs_and_spaces() {
        assertThat(parse(Map.of(), "--source=a=b c").get(SOURCE)).isEqualTo("a=b c");
    }

    @Test
    void a_repeated_option_is_a_list_in_order() {
        assertThat(parse(Map.of(), "--cron=b", "--cron=a").get(CRON)).containsExactly("b", "a");
    }

    @Test
    void values_have_the_type_of_their_option() {
        Options options = parse(Map.of(), "--jitter=1m30s", "--misfire=fire-once", "--limit=7");

        assertThat(options.get(JITTER)).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.get(MISFIRE)).isEqualTo(Policy.FIRE_ONCE);
        assertThat(options.get(LIMIT)).isEqualTo(7);
        assertThat(options.find(PASSWORD)).isEmpty();
    }

    @Test
    void an_unknown_option_names_the_nearest() {
        refused("--misfier is unknown; the nearest option is --misfire", "--misfier=skip");
    }

    @Test
    void a_wrong_value_names_the_option_the_value_and_the_rule() {
        refused("--misfire takes a skip|fire-once: \"never\" is none of skip|fire-once", "--misfire=never");
        refused("--limit takes a count: \"-1\" is no whole number from 0 to 999999999", "--limit=-1");
        refused("--dry-run takes a flag: \"maybe\" is neither true nor false", "--dry-run=maybe");
    }

    @Test
    void the_value_of_a_secret_is_not_shown() {
        Option<Integer> pin = Option.count("pin", "secret").hidden();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Options.parse(List.of(pin), List.of("--pin=12x4"), Map.of()))
                .withMessageNotContaining("12x4");
    }

    @Test
    void a_second_value_a_missing_value_and_a_bare_word_are_refused() {
        refused("--source was given 2 times; it takes one value", "--source=a", "--source=b");
        refused("--source needs a value: --source=…", "--source");
        refused("\"source\" is no option; options are written --name=value", "source");
    }

    @Test
    void a_mandatory_option_must_be_there() {
        Option<String> queue = Option.text("queue", "the queue to read").mandatory();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Options.parse(List.of(queue), List.of(), Map.of()))
                .withMessage("--queue is missing: the queue to read");
    }

    private static Options parse(Map<String, String> environment, String... arguments) {
        return Options.parse(KNOWN, List.of(arguments), environment);
    }

    private static void refused(String message, String... arguments) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> parse(Map.of(), arguments))
                .withMessage(message);
    }
}
