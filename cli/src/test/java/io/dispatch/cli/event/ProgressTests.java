package io.dispatch.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a person sees while many events are emitted. */
class ProgressTests {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private long now;

    @Test
    void isABarWhereTheEndIsKnown() {
        Progress progress = progress(true, 1_000);

        stepAfter(progress, 50, 10);
        stepAfter(progress, 450, 500);

        assertThat(text())
                .isEqualTo("\r" + "█".repeat(15) + "░".repeat(15) + "  50 % 2 events emitted, 4 a second\033[K");
    }

    @Test
    void countsWhereItIsNot() {
        stepAfter(progress(true, 0), 500, 10);

        assertThat(text()).contains(" 1 events emitted, 2 a second").doesNotContain("%", "░");
    }

    @Test
    void isGoneInTheEnd() {
        Progress progress = progress(true, 10);

        stepAfter(progress, 500, 10);
        progress.finish();

        assertThat(text()).endsWith("\r\033[K");
    }

    @Test
    void showsNothingWhereNobodyLooks() {
        Progress progress = progress(false, 10);

        stepAfter(progress, 500, 10);
        progress.finish();

        assertThat(text()).isEmpty();
        assertThat(progress.done()).isEqualTo(1);
    }

    private Progress progress(boolean terminal, long total) {
        return new Progress(new PrintStream(shown, true, StandardCharsets.UTF_8), terminal, total, () -> now);
    }

    private void stepAfter(Progress progress, long milliseconds, long position) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
        progress.step(position);
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
