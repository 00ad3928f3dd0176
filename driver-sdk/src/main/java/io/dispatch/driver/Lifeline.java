package io.dispatch.driver;

import java.util.Map;
import java.util.Optional;

/** Ends the driver, draining as on SIGTERM, when the process named by {@code DISPATCH_PARENT_PID} is gone. */
final class Lifeline {

    private Lifeline() {}

    static void endWithParent(Map<String, String> environment) {
        int pid = Settings.number(environment, "DISPATCH_PARENT_PID", 0, 1, 999_999_999);
        if (pid != 0) {
            Optional<ProcessHandle> parent = ProcessHandle.of(pid);
            Thread.ofVirtual().name("lifeline").start(() -> {
                parent.ifPresent(process -> process.onExit().join());
                System.exit(0);
            });
        }
    }
}
