package io.dispatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What the figures were measured on (Linux). */
final class Machine {

    private Machine() {}

    static String description() throws IOException {
        return "%s, %d cores, %s GB, Linux %s, Java %s"
                .formatted(
                        first("/proc/cpuinfo", "model name").orElse("unknown processor"),
                        Runtime.getRuntime().availableProcessors(),
                        first("/proc/meminfo", "MemTotal")
                                .map(text -> Long.toString(Long.parseLong(text.split(" ", -1)[0]) >> 20))
                                .orElse("?"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    /** The value of the first line {@code name : value}. */
    private static Optional<String> first(String file, String name) throws IOException {
        return Arrays.stream(Files.readString(Path.of(file)).split("\n", -1))
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
