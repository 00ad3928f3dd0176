package io.dispatch.functioninvoker.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpretersTests {

    @TempDir
    Path machine;

    @Test
    void theFirstThatWorksIsTaken() throws IOException {
        Path broken = program("shims", "exit 1");
        Path first = program("first", "exit 0");
        program("second", "exit 0");

        Interpreters interpreters = new Interpreters(
                "bin:%s:%s:%s:%s"
                        .formatted(
                                machine.resolve("missing"),
                                broken.getParent(),
                                first.getParent(),
                                machine.resolve("second")),
                Map.of());

        assertThat(interpreters.find(Language.NODEJS)).contains(first);
        assertThat(interpreters.find(Language.PYTHON)).isEmpty();
    }

    @Test
    void oneThatIsInstalledLaterIsFound() throws IOException {
        Interpreters interpreters = new Interpreters(machine.resolve("bin").toString(), Map.of());
        assertThat(interpreters.find(Language.NODEJS)).isEmpty();

        Path node = program("bin", "exit 0");

        assertThat(interpreters.find(Language.NODEJS)).contains(node);
    }

    @ParameterizedTest
    @CsvSource({"nodejs,NODEJS", "nodejs-base,NODEJS", "python3,PYTHON", "Python,PYTHON", "java,", "powershell,"})
    void languagesGoByTheNamesOfTheOriginal(String name, Language language) {
        assertThat(Language.named(name).orElse(null)).isEqualTo(language);
    }

    private Path program(String folder, String script) throws IOException {
        Path file = Files.createDirectories(machine.resolve(folder)).resolve("node");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
