package io.dispatch.postgresql;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How PostgreSQL's programs are called: below a user that is not root, and never longer than this process. */
final class Programs {

    /** What a program that has ended left. */
    record Result(int exitCode, String output) {}

    private final Path home;
    private final List<String> prefix;

    private Programs(Path home, List<String> prefix) {
        this.home = home;
        this.prefix = prefix;
    }

    static Programs in(Path home) throws IOException, InterruptedException {
        List<String> prefix = new ArrayList<>();
        if (isOnPath("setpriv")) {
            // Tied to the thread that starts the program: it gets SIGINT when that thread is gone.
            prefix.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        }
        if (isOnPath("setsid")) {
            // A Ctrl-C on the terminal is meant for the launcher, who stops everything in order.
            prefix.add("setsid");
        }
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, the files stay root's.
            if (!isOnPath("unshare") || run(List.of("unshare", "-U", "true")).exitCode() != 0) {
                throw new PostgresqlException(
                        "PostgreSQL does not run as root, and user namespaces (unshare -U) are not allowed here: start as a normal user, or use a PostgreSQL server of your own.");
            }
            prefix.addAll(List.of("unshare", "-U"));
        }
        return new Programs(home, List.copyOf(prefix));
    }

    /** The command line of one of PostgreSQL's programs; all wrappers exec, so the process is the program itself. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /** Runs one of PostgreSQL's programs to its end. */
    Result run(String program, String... arguments) throws IOException, InterruptedException {
        return run(command(program, List.of(arguments)));
    }

    static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Writes what the system holds in memory of a folder's files to disk, where the machine has {@code sync}. */
    static void flush(Path folder) throws IOException, InterruptedException {
        if (isOnPath("sync")) {
            run(List.of("sync", "-f", folder.toString()));
        }
    }

    private static boolean isRoot() throws IOException {
        return Objects.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), 0);
    }

    private static boolean isOnPath(String program) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin");
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
