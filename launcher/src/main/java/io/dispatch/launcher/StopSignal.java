package io.dispatch.launcher;

import io.dispatch.postgresql.PostgresqlException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** On SIGINT and SIGTERM a command's thread is interrupted, and the JVM waits until it has cleared up. */
final class StopSignal {

    private StopSignal() {}

    /** Runs a command's work on this thread, and gives its exit code; a failure is a sentence on standard error. */
    static int heededBy(Callable<Integer> work) throws Exception {
        Thread main = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruptAndAwait(main, ended), "stop"));
        try {
            return work.call();
        } catch (LaunchException | PostgresqlException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (InterruptedException e) {
            System.out.println("Dispatch is stopped.");
            return CommandLine.ExitCode.OK;
        } finally {
            ended.countDown();
        }
    }

    private static void interruptAndAwait(Thread main, CountDownLatch ended) {
        main.interrupt();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
