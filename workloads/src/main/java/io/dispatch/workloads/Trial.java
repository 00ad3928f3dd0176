package io.dispatch.workloads;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Finds out whether a program of this machine works, by running it. */
public final class Trial {

    private static final int PATIENCE_SECONDS = 10;

    private Trial() {}

    /**
     * Whether a program ends with 0 within 10 seconds; it is killed if it does not end. An interrupt counts as no, and is kept.
     *
     * @param command the program and its arguments
     * @param environment the whole of its environment
     */
    public static boolean succeeds(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
