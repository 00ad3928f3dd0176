package io.dispatch.postgresql;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The running server process of a cluster, and what it wrote to its log since it was started. */
final class Postmaster {

    private static final long LOG_KEPT_BYTES = 10_000_000;
    private static final int LINES_SHOWN = 5;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            // Acknowledged means on disk: stated here, so that no file in the data folder can say otherwise.
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            // No socket file: it would be reachable by every user of the machine and named by the port only.
            Map.entry("unix_socket_directories", ""),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "64MB"),
            // The only method this build of PostgreSQL knows.
            Map.entry("wal_compression", "pglz"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"));

    private final Process process;
    private final Path log;
    private final long logStart;

    private Postmaster(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    static Postmaster start(Programs programs, Cluster cluster, Path log, int port)
            throws IOException, InterruptedException {
        if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        List<String> arguments =
                new ArrayList<>(List.of("-D", cluster.data().toString(), "-p", Integer.toString(port)));
        SETTINGS.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        ProcessBuilder server = new ProcessBuilder(programs.command("postgres", arguments))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Postmaster(startFromThreadThatStays(server), log, logStart);
    }

    /**
     * The server gets its signal to stop when the thread that started it is gone, not when the process is: so a
     * platform thread of its own starts it and stays until it has ended.
     */
    private static Process startFromThreadThatStays(ProcessBuilder server) throws IOException, InterruptedException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("postgresql").start(() -> {
            try {
                Process process = server.start();
                started.complete(process);
                process.onExit().join();
            } catch (IOException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new IOException("%s does not start".formatted(server.command().getFirst()), e.getCause());
        }
    }

    Process process() {
        return process;
    }

    boolean isRefusedThePort() throws IOException {
        return logged().contains("could not create any TCP/IP sockets");
    }

    /** Backends of a killed server need a moment to notice; until then they hold the data's shared memory. */
    boolean isKeptOutByOldBackends() throws IOException {
        return logged().contains("pre-existing shared memory block");
    }

    /** The last lines of the log of this run, on one line. */
    String lastWords() throws IOException {
        List<String> lines = logged().lines().filter(line -> !line.isBlank()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private String logged() throws IOException {
        byte[] all = Files.readAllBytes(log);
        int start = (int) Math.min(logStart, all.length);
        return new String(all, start, all.length - start, StandardCharsets.UTF_8);
    }
}
