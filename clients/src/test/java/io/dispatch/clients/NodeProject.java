package io.dispatch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The TypeScript story and the generated client, compiled beside each other in a folder of the build. */
final class NodeProject {

    private static final Path SOURCES = Path.of("src/test/typescript");
    private static final Path GENERATED = Path.of("target/generated-sources/typescript");
    private static final Path SKIPPED = StartedDispatch.ROOT.resolve("target").resolve("skipped-stages.txt");
    private static final int LONGEST_MINUTES = 3;

    /** What npm says when there is no registry to be reached. */
    private static final List<String> NO_REGISTRY =
            List.of("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "ECONNRESET");

    private final Path folder;

    private NodeProject(Path folder) {
        this.folder = folder;
    }

    /** Compiles; where Node.js, npm or a registry is missing the test is skipped, and the build says so at its end. */
    static NodeProject compile() throws IOException, InterruptedException {
        NodeProject project = new NodeProject(
                Files.createTempDirectory(Path.of("target"), "typescript-").toAbsolutePath());
        copy(SOURCES, project.folder);
        copy(GENERATED, project.folder.resolve("client"));
        skipUnless(project.succeeds("node", "--version"), "Node.js is not installed");
        skipUnless(project.succeeds("npm", "--version"), "npm is not installed");
        Ended install = project.run("npm", "ci", "--no-audit", "--no-fund");
        skipUnless(
                install.status() == 0 || NO_REGISTRY.stream().noneMatch(install.output()::contains),
                "npm reaches no registry");
        assertThat(install.status()).as(install.output()).isZero();
        Ended compilation = project.run("npx", "--no-install", "tsc");
        assertThat(compilation.status()).as(compilation.output()).isZero();
        return project;
    }

    /** Runs the story and gives what it prints; it must end well. */
    String tell(String... arguments) throws IOException, InterruptedException {
        Ended story = run(Stream.concat(Stream.of("node", "out/story.js"), Stream.of(arguments))
                .toArray(String[]::new));
        assertThat(story.status()).as(story.output()).isZero();
        return story.output();
    }

    private record Ended(int status, String output) {}

    private boolean succeeds(String... command) throws InterruptedException {
        try {
            return run(command).status() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), Files.readString(output));
    }

    private static void skipUnless(boolean there, String missing) throws IOException {
        if (!there) {
            Files.createDirectories(SKIPPED.getParent());
            Files.writeString(
                    SKIPPED,
                    "the TypeScript client: %s%n".formatted(missing),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        Assumptions.assumeTrue(there, missing);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
