package io.dispatch.postgresql;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** The data of one PostgreSQL server on disk: made once, never half, and used by one server at a time. */
final class Cluster {

    // Of postmaster.pid, see PostgreSQL's miscadmin.h.
    private static final int STATUS_LINE = 8;

    private final Path data;
    private final String password;
    private final Programs programs;

    private Cluster(Path data, String password, Programs programs) {
        this.data = data;
        this.password = password;
        this.programs = programs;
    }

    /** Opens the cluster below a folder, makes it if it is not there yet, and stops a server that was left running. */
    static Cluster open(Path home, Programs programs) throws IOException, InterruptedException {
        Path data = home.resolve("data");
        Path passwordFile = home.resolve("superuser-password");
        if (Files.exists(data)) {
            requireOurVersion(data);
        } else {
            create(home, data, passwordFile, programs);
        }
        Cluster cluster = new Cluster(data, readPassword(passwordFile, data), programs);
        cluster.stopWhatWasLeft();
        return cluster;
    }

    Path data() {
        return data;
    }

    String password() {
        return password;
    }

    private static void create(Path home, Path data, Path passwordFile, Programs programs)
            throws IOException, InterruptedException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Folders.writeSecret(passwordFile, HexFormat.of().formatHex(random));
        // initdb refuses what an interrupted initdb left, so it works in a folder that only a finished one leaves.
        Path unfinished = home.resolve("data.new");
        Folders.delete(unfinished);
        Programs.Result initdb = programs.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + EmbeddedPostgresql.SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C");
        if (initdb.exitCode() != 0) {
            throw new PostgresqlException(
                    "PostgreSQL's initdb could not make its data folder %s: %s".formatted(unfinished, initdb.output()));
        }
        Files.move(unfinished, data, ATOMIC_MOVE);
        Folders.sync(home);
    }

    private static void requireOurVersion(Path data) throws IOException {
        String ours = Binaries.version().replaceFirst("\\..*", "");
        String theirs = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!theirs.equals(ours)) {
            throw new PostgresqlException(
                    "%s holds data of PostgreSQL %s, and this is PostgreSQL %s: choose another folder, or move the data with pg_dump of the old one."
                            .formatted(data, theirs, ours));
        }
    }

    private static String readPassword(Path passwordFile, Path data) throws IOException {
        try {
            return Files.readString(passwordFile).strip();
        } catch (NoSuchFileException e) {
            throw new PostgresqlException(
                    "%s is missing, and without it nobody can enter the database in %s: put the file back."
                            .formatted(passwordFile, data),
                    e);
        }
    }

    private void stopWhatWasLeft() throws IOException, InterruptedException {
        Path pidFile = data.resolve("postmaster.pid");
        OptionalLong left = pidIn(pidFile);
        if (left.isEmpty() || !isAlive(left.getAsLong())) {
            return;
        }
        if (isServerOf(left.getAsLong())) {
            stop();
        } else {
            // After a restart of the machine or container the number can be somebody else's, and PostgreSQL would
            // refuse to start beside it. Servers that still use the data are found by their shared memory.
            Files.deleteIfExists(pidFile);
        }
    }

    /** Stops the server cleanly (open transactions are rolled back), less cleanly if it does not come to an end in 30 s. */
    void stop() throws IOException, InterruptedException {
        Programs.Result stop = pgCtlStop("fast", 30);
        if (stop.exitCode() != 0 && isRunning()) {
            stop = pgCtlStop("immediate", 10);
        }
        if (stop.exitCode() != 0 && isRunning()) {
            throw new PostgresqlException(
                    "The PostgreSQL server on %s does not stop: %s".formatted(data, stop.output()));
        }
    }

    private Programs.Result pgCtlStop(String mode, int seconds) throws IOException, InterruptedException {
        return programs.run("pg_ctl", "stop", "-D", data.toString(), "-m", mode, "-t", Integer.toString(seconds));
    }

    /** Whether the server with this process id says that it takes connections; so nobody else's server is asked. */
    boolean isReady(long pid) throws IOException {
        List<String> lines = linesOf(data.resolve("postmaster.pid"));
        return lines.size() >= STATUS_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE - 1).strip().equals("ready");
    }

    private boolean isRunning() throws IOException {
        OptionalLong pid = pidIn(data.resolve("postmaster.pid"));
        return pid.isPresent() && isAlive(pid.getAsLong()) && isServerOf(pid.getAsLong());
    }

    private static OptionalLong pidIn(Path pidFile) throws IOException {
        List<String> lines = linesOf(pidFile);
        return lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
    }

    private static List<String> linesOf(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** A killed process whose parent has not yet asked for its exit code (state Z) has ended, whatever kill(2) says. */
    private static boolean isAlive(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name in parentheses may hold anything, so the state is looked up from the right.
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean isServerOf(long pid) throws IOException {
        try {
            String commandLine = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return commandLine.contains("postgres") && commandLine.contains(data.toString());
        } catch (IOException e) {
            return false;
        }
    }
}
