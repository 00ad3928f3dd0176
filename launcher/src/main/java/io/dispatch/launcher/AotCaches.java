package io.dispatch.launcher;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.dispatch.postgresql.FolderLock;
import io.dispatch.workloads.Lifeline;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes what lets the next start be fast: for each service the JVM's AOT cache, one after the other, only while the
 * machine has nothing else to do, and in a process that gives way to every other.
 */
final class AotCaches implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<Service, App> apps;
    private final ServiceSettings settings;
    private final DataFolder data;
    private final QuietMachine machine;
    private final Thread thread;

    private AotCaches(Map<Service, App> apps, ServiceSettings settings, DataFolder data, QuietMachine machine) {
        this.apps = apps;
        this.settings = settings;
        this.data = data;
        this.machine = machine;
        this.thread = Thread.ofPlatform().daemon().name("aot-caches").unstarted(this::makeMissing);
    }

    /** Begins in the background; {@link #close} ends it wherever it is. */
    static AotCaches start(Map<Service, App> apps, ServiceSettings settings, DataFolder data, QuietMachine machine) {
        AotCaches caches = new AotCaches(apps, settings, data, machine);
        caches.thread.start();
        return caches;
    }

    private void makeMissing() {
        try {
            for (App app : apps.values()) {
                if (!Files.exists(app.aotCache())) {
                    machine.await();
                    makeUnlessAnotherDoes(app);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Without a cache the next start is slower and nothing else; the reason is beside the services' logs.
            note(e);
        }
    }

    private void note(IOException e) {
        try {
            Files.writeString(log(), e + "\n");
        } catch (IOException notWritable) {
            e.addSuppressed(notWritable);
            System.err.println("The next start will be slow, as no AOT cache could be made: " + e);
        }
    }

    private void makeUnlessAnotherDoes(App app) throws IOException, InterruptedException {
        Optional<FolderLock> lock = FolderLock.tryTake(app.folder());
        if (lock.isEmpty()) {
            return;
        }
        try (FolderLock _ = lock.get()) {
            if (!Files.exists(app.aotCache())) {
                make(app);
            }
        }
    }

    private void make(App app) throws IOException, InterruptedException {
        Path folder = data.folder("tmp/training-" + app.service().moduleName());
        Path output = app.aotCache().resolveSibling("training.aot");
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(app.trainingCommand(output, folder));
        ProcessBuilder training = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log().toFile());
        training.environment().clear();
        training.environment().putAll(settings.ofTraining(app.service(), folder));
        training.environment()
                .put(Lifeline.PARENT_PID, Long.toString(ProcessHandle.current().pid()));
        if (runs(training) && Files.exists(output)) {
            Files.move(output, app.aotCache(), ATOMIC_MOVE, REPLACE_EXISTING);
        }
    }

    /** Whether it ended well in time; it is gone when this returns, with what it started. */
    private static boolean runs(ProcessBuilder training) throws IOException, InterruptedException {
        Process process = training.start();
        try {
            return process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Path log() {
        return data.folder("logs").resolve("aot-caches.log");
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
