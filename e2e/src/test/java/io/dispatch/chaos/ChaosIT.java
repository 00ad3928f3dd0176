package io.dispatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form: nothing that was accepted is lost while three services are killed. All else is {@code e2e/chaos}. */
class ChaosIT {

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void threeKillsLoseNothing() throws Exception {
        Path trials = Files.createDirectories(Path.of("target", "chaos").toAbsolutePath());
        Path root = Path.of("..").toAbsolutePath().normalize();
        Trial trial = new Trial(Plan.brief(), root, Files.createTempDirectory(trials, "brief-"), System.out::println);

        Verdict verdict = trial.run();

        assertThat(verdict.isPassed()).as(verdict.report()).isTrue();
        System.out.println(verdict.report());
    }
}
