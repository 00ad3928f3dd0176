package io.dispatch.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How a Java process is started here; docs/performance.md tells why with these flags. */
final class Jvm {

    /** The flags of a service; an AOT cache is only good for the same ones. */
    static final List<String> SERVICE_FLAGS = List.of(
            "-Xms32m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            // One that has run out of memory is in no known state: it ends and is started again.
            "-XX:+ExitOnOutOfMemoryError",
            // What starting and compiling took of native memory goes back to the system.
            "-XX:TrimNativeHeapInterval=10000",
            // A cache that does not fit makes the start slow, nothing else; it shall not fill the logs.
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LANG", "TZ");

    private Jvm() {}

    /** The program {@code java} that runs this process. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What of this process's environment a child sees. */
    static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        // Else glibc keeps a pool of native memory for each of many threads.
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
        return environment;
    }
}
