package io.dispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completions, tried in a real bash. */
class CompletionTests {

    /** What bash does when somebody presses the tab key; compopt works only then. */
    private static final String TAB = """
            compopt() { :; }
            source "$1"
            shift
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            _complete_dispatch
            echo "${COMPREPLY[*]}\"""";

    @TempDir
    Path home;

    @Test
    void bashKnowsTheCommandsAndTheirOptions() throws Exception {
        Path script = Files.writeString(
                home.resolve("completion"),
                new Command(home).run("completion", "bash").out());

        assertThat(completed(script, "dispatch", "do")).isEqualTo("doctor");
        assertThat(completed(script, "dispatch", "get", ""))
                .startsWith("subscription ")
                .contains(" secret ", " run ");
        assertThat(completed(script, "dispatch", "create", "su")).startsWith("subscription");
        assertThat(completed(script, "dispatch", "iam", "create", "po")).startsWith("policy");
        assertThat(completed(script, "dispatch", "emit", "my.event", "--data-f"))
                .isEqualTo("--data-from-file");
        assertThat(completed(script, "dispatch", "get", "subscription", "--org"))
                .isEqualTo("--organization");
    }

    private static String completed(Path script, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", "--noprofile", "--norc", "-c", TAB, "tab", script.toString()));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.strip();
    }
}
