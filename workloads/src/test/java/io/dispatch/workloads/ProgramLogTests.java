package io.dispatch.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramLogTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void keepsNoMoreThanItsBoundAndOneGenerationBefore() throws IOException {
        ProgramLog log = new ProgramLog(folder.resolve("log"), 20_000);

        log.copy(printed("0123456789\n".repeat(10_000)));

        assertThat(Files.size(folder.resolve("log"))).isBetween(1L, 20_000L);
        assertThat(Files.size(folder.resolve("log.1"))).isBetween(1L, 20_000L);
    }

    @Test
    void tellsTheLastLineWithText() {
        ProgramLog log = new ProgramLog(folder.resolve("log"));

        log.copy(printed("first\nthe \u001b[31mlast\n\n  \n"));

        assertThat(log.lastLine()).isEqualTo("the  [31mlast");
    }

    @Test
    void cutsALineThatNeverEnds() {
        ProgramLog log = new ProgramLog(folder.resolve("log"));

        log.copy(printed("x".repeat(1_000_000)));

        assertThat(log.lastLine()).hasSize(500);
    }

    @Test
    void readsOnWhenTheDiskTakesNoMore() {
        ProgramLog log = new ProgramLog(folder.resolve("missing").resolve("log"));
        ByteArrayInputStream output = printed("a\n".repeat(100_000));

        log.copy(output);

        assertThat(output.available()).isZero();
        assertThat(log.lastLine()).isEqualTo("a");
    }

    @Test
    void showsTheEndOfALongFileInWholeLines() throws IOException {
        ProgramLog log = new ProgramLog(folder.resolve("log"));
        log.copy(printed("a line of text\n".repeat(20_000) + "the end\n"));

        assertThat(log.lastLines(2)).containsExactly("a line of text", "the end");
        assertThat(log.lastLines(1_000_000)).startsWith("a line of text").hasSizeBetween(4_000, 5_000);
    }

    @Test
    void showsNothingBeforeAnythingWasPrinted() throws IOException {
        assertThat(new ProgramLog(folder.resolve("log")).lastLines(10)).isEmpty();
    }

    private static ByteArrayInputStream printed(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
