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

    private static final List<String> TOOLS = List.of("readlink", "grep", "sed", "tail", "head", "sleep", "mkdir");

    @TempDir
    Path folder;

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.createDirectories(folder.resolve("checkout/build"));
        for (String script : List.of("dispatch", "build/jdk.sh")) {
            program(
                    folder.resolve("checkout").resolve(script),
                    Files.readString(Path.of("..").resolve(script))
                            .replace("/usr/lib/jvm", folder.resolve("jvm").toString()));
        }
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
                .contains(
                        "-jar %s/checkout/launcher/target/launcher.jar|up|--port|80 80|".formatted(folder.toRealPath()))
                .contains("DISPATCH_ROOT=" + folder.toRealPath().resolve("checkout"));
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

    @Test
    void givesEveryOtherWordToTheCommandLine() throws Exception {
        installCommandLine();
        jdk("25.0.3");

        Result result = run("get", "subscription", "my \"one\"");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("-XX:AOTCache=%s/checkout/cli/target/cli.aot|".formatted(folder.toRealPath()))
                .contains("-Ddispatch.terminal=|")
                .contains("-jar %s/checkout/cli/target/cli.jar|get|subscription|my \"one\"|"
                        .formatted(folder.toRealPath()))
                .contains("DISPATCH_ROOT=" + folder.toRealPath().resolve("checkout"));
    }

    @Test
    void tellsTheCommandLineWhichStreamsAreATerminal() throws Exception {
        installCommandLine();
        jdk("25.0.3");

        Result all = outcome("/usr/bin/script", "--quiet", "--return", "--command", script() + " version", "/dev/null");
        Result some = outcome(
                "/usr/bin/script",
                "--quiet",
                "--return",
                "--command",
                script() + " version </dev/null | /bin/cat",
                "/dev/null");

        assertThat(all.output()).contains("-Ddispatch.terminal=in,out,err|");
        assertThat(some.output()).contains("-Ddispatch.terminal=,err|");
    }

    @Test
    void endsAsTheCommandLineEnds() throws Exception {
        installCommandLine();
        jdk("25.0.3");
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\nexit 3\n");

        assertThat(run("version").exitCode()).isEqualTo(3);
    }

    @Test
    void buildsForTheCommandLineOnlyWhatItNeeds() throws Exception {
        jdk("25.0.3");
        program(
                folder.resolve("bin").resolve("mvn"),
                "#!/bin/sh\necho \"$@\" >%s/arguments\nmkdir -p cli/target/lib; >cli/target/cli.jar\n"
                        .formatted(folder));

        Result result = run("version");

        assertThat(result.exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("arguments"))).contains("--projects cli --also-make package");
    }

    @Test
    void saysThatAJdk25IsMissing() throws Exception {
        installCommandLine();
        jdk("21.0.9");

        Result result = run("version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("Dispatch needs a JDK 25, and none is in ")
                .hasLineCount(1);
    }

    @Test
    void findsAJdkWhereDistributionsPutThem() throws Exception {
        installCommandLine();
        jdk("25");
        Files.createDirectories(folder.resolve("jvm"));
        Files.move(folder.resolve("jdk"), folder.resolve("jvm/java-25"));

        assertThat(run("version").exitCode()).isZero();
    }

    private void installCommandLine() throws IOException {
        Path target = folder.resolve("checkout/cli/target");
        Files.createDirectories(target.resolve("lib"));
        Files.writeString(target.resolve("cli.jar"), "");
        Files.writeString(target.resolve("cli.aot"), "");
    }

    private void install() throws IOException {
        for (Path jar : jars()) {
            Files.createDirectories(jar.getParent());
            Files.writeString(jar, "");
        }
    }

    private List<Path> jars() {
        Path root = folder.resolve("checkout");
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
                "#!/bin/sh\nprintf '%s|' \"$@\" | sed 's/|-jar|/|-jar /'; echo; echo DISPATCH_ROOT=$DISPATCH_ROOT\n");
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String script() {
        return folder.resolve("checkout/dispatch").toString();
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return outcome(Stream.concat(Stream.of(script()), Stream.of(arguments)).toArray(String[]::new));
    }

    private Result outcome(String... command) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().clear();
        program.environment().put("PATH", folder.resolve("bin").toString());
        program.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = program.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exitCode, String output) {}
}
