package io.dispatch.driver;

import java.util.Map;
import java.util.Optional;

/**
 * Ends the driver at once when the process named by {@code DISPATCH_PARENT_PID} is gone: who comes after that process starts the
 * driver again, and two of it must not run side by side.
 */
final class Lifeline {

    private Lifeline() {}

    static void endWithParent(Map<String, String> environment) {
        int pid = Settings.number(environment, "DISPATCH_PARENT_PID", 0, 1, 999_999_999);
        if (pid != 0) {
            Optional<ProcessHandle> parent = ProcessHandle.of(pid);
            Thread.ofVirtual().name("lifeline").start(() -> {
                parent.ifPresent(process -> process.onExit().join());
                Runtime.getRuntime().halt(1);
            });
        }
    }
}
