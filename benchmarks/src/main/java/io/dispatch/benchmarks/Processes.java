package io.dispatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the processes of the product have used, from {@code /proc} (Linux). PostgreSQL's are taken together. */
final class Processes {

    static final String POSTGRESQL = "postgresql";

    /** The benchmark's own process: generator and function. */
    static final String OWN = "benchmark";

    private static final List<String> MODULES =
            List.of("api-gateway", "event-manager", "function-invoker", "driver-manager", "launcher");

    /** All parts of the product. */
    static final List<String> PRODUCT =
            Stream.concat(MODULES.stream(), Stream.of(POSTGRESQL)).toList();

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux of today

    private final ProcessHandle launcher;

    Processes(ProcessHandle launcher) {
        this.launcher = launcher;
    }

    /** Megabytes: resident, and with shared pages counted by share. */
    record Memory(double rss, double pss) {}

    /** CPU seconds, user and system, of each part since its start; the benchmark's own process is {@link #OWN}. */
    Map<String, Double> cpuSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        all().forEach(process -> seconds.merge(part(process), cpuSeconds(process.pid()), Double::sum));
        seconds.put(OWN, cpuSeconds(ProcessHandle.current().pid()));
        return seconds;
    }

    Map<String, Memory> memory() {
        Map<String, Memory> memory = new TreeMap<>();
        all().forEach(process -> memory.merge(
                part(process),
                memory(process.pid()),
                (one, other) -> new Memory(one.rss() + other.rss(), one.pss() + other.pss())));
        return new LinkedHashMap<>(memory);
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(launcher), launcher.descendants());
    }

    private static String part(ProcessHandle process) {
        String commandLine = read(process.pid(), "cmdline").replace('\0', ' ');
        if (commandLine.contains("postgres")) {
            return POSTGRESQL;
        }
        return MODULES.stream().filter(commandLine::contains).findFirst().orElse("other");
    }

    /** The fields behind the command's name in parentheses: see proc_pid_stat(5); children that have ended are counted in. */
    private static double cpuSeconds(long pid) {
        String stat = read(pid, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static Memory memory(long pid) {
        double rss = 0;
        double pss = 0;
        for (String line : read(pid, "smaps_rollup").split("\n", -1)) {
            String[] words = line.split("\\s+", -1);
            if (line.startsWith("Rss:")) {
                rss = Long.parseLong(words[1]) / 1024.0;
            } else if (line.startsWith("Pss:")) {
                pss = Long.parseLong(words[1]) / 1024.0;
            }
        }
        return new Memory(rss, pss);
    }

    /** Empty for a process that has ended meanwhile. */
    private static String read(long pid, String file) {
        Path path = Path.of("/proc", Long.toString(pid), file);
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (!Files.exists(path)) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
