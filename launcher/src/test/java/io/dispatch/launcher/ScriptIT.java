package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code dispatch}, copied to a folder where Maven and Java are doubles that tell how they were called. */
class ScriptIT {

    private static final List<String> TOOLS =
            List.of("readlink", "dirname", "grep", "sed", "tail", "head", "sleep", "mkdir");

    @TempDir
    Path folder;

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.createDirectories(folder.resolve("root"));
        Files.copy(Path.of("..", "dispatch"), folder.resolve("root").resolve("dispatch"));
        Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            program(
                    folder.resolve("bin").resolve(tool),
                    "#!/bin/sh\nPATH=/usr/bin:/bin exec %s \"$@\"\n".formatted(tool));
        }
    }

    @Test
    void startsTheLauncherWithAJdk25AndAllArguments() throws Exception {
        install();
        jdk("25.0.3");

        Result result = run("up", "--port", "80 80");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("-jar %s/root/launcher/target/launcher.jar|up|--port|80 80|".formatted(folder.toRealPath()))
                .contains("DISPATCH_ROOT=" + folder.toRealPath().resolve("root"));
    }

    @Test
    void buildsWhatIsNotBuiltAndShowsHowFarItIs() throws Exception {
        jdk("25.0.3");
        StringBuilder maven = new StringBuilder("#!/bin/sh\necho \"[INFO] Building contracts 0.1.0 [1/2]\"; sleep 1\n");
        for (Path jar : jars()) {
            maven.append("mkdir -p %s; echo >%s\n".formatted(jar.getParent(), jar));
        }
        program(folder.resolve("bin").resolve("mvn"), maven.toString());

        Result result = run("up");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("Dispatch is not built yet: building it")
                .contains("[1/2] contracts")
                .contains("launcher.jar|up|");
    }

    @Test
    void showsWhyTheBuildFailed() throws Exception {
        jdk("25.0.3");
        program(folder.resolve("bin").resolve("mvn"), "#!/bin/sh\necho '[ERROR] no space left'; exit 1\n");

        Result result = run("up");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("[ERROR] no space left").contains("The build failed: see ");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        jdk("25.0.3");

        Result result = run("up");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .isEqualTo(
                        "Dispatch is not built yet, and Maven is missing: install Maven 3.8 or newer, so that `mvn` runs.%n"
                                .formatted());
    }

    private void install() throws IOException {
        for (Path jar : jars()) {
            Files.createDirectories(jar.getParent());
            Files.writeString(jar, "");
        }
    }

    private List<Path> jars() {
        Path root = folder.resolve("root");
        return Stream.concat(
                        Stream.of(root.resolve("launcher/target/launcher.jar")),
                        Stream.of(Service.values()).map(new Installation(root)::jarPath))
                .toList();
    }

    private void jdk(String version) throws IOException {
        Path home = folder.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
        program(home.resolve("bin").resolve("javac"), "#!/bin/sh\n");
        program(
                home.resolve("bin").resolve("java"),
                "#!/bin/sh\nprintf '%s|' \"$@\" | sed 's/.*|-jar|/-jar /'; echo; echo DISPATCH_ROOT=$DISPATCH_ROOT\n");
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                        Stream.concat(Stream.of(folder.resolve("root/dispatch").toString()), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true);
        script.environment().clear();
        script.environment().put("PATH", folder.resolve("bin").toString());
        script.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = script.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exitCode, String output) {}
}
