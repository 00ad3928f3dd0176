package io.dispatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.benchmarks.Options.Part;
import org.junit.jupiter.api.Test;

class OptionsTests {

    @Test
    void nothing_said_measures_the_rates() {
        Options options = Options.parse(".");

        assertThat(options.parts()).containsExactly(Part.RATES);
        assertThat(options.rates()).containsExactly(6000.0, 3000.0, 200.0);
    }

    @Test
    void all_measures_every_part_with_a_backlog_of_a_million() {
        Options options = Options.parse(".", "--all", "--seconds", "2.5");

        assertThat(options.parts()).containsExactly(Part.values());
        assertThat(options.backlog()).isEqualTo(1_000_000);
        assertThat(options.seconds()).isEqualTo(2.5);
        assertThat(options.text()).isEqualTo("--all --seconds 2.5");
    }

    @Test
    void parts_are_chosen_by_name() {
        assertThat(Options.parse(".", "--only", "backlog,replay", "--backlog", "2000"))
                .satisfies(options -> assertThat(options.parts()).containsExactly(Part.REPLAY, Part.BACKLOG))
                .satisfies(options -> assertThat(options.backlog()).isEqualTo(2_000));
    }

    @Test
    void what_cannot_be_understood_is_named() {
        assertThatThrownBy(() -> Options.parse(".", "--only", "backlogs")).hasMessageContaining("\"backlogs\"");
        assertThatThrownBy(() -> Options.parse(".", "--seconds")).hasMessageContaining("--seconds must be a number");
        assertThatThrownBy(() -> Options.parse(".", "--fast", "1")).hasMessageContaining("--fast");
    }
}
