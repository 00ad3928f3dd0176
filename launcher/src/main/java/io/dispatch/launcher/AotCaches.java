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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes what lets the services start fast: for each of them the JVM's AOT cache (JEP 483, 515), once a build and a JDK. */
final class AotCaches {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** A training takes one processor and 700 MB. */
    private static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 2);

    private final ServiceSettings settings;
    private final DataFolder data;
    private final Consumer<String> news;

    /**
     * @param settings of an instance whose database runs and whose services do not yet
     * @param news told one sentence when something is to be made, and one for each that could not be
     */
    AotCaches(ServiceSettings settings, DataFolder data, Consumer<String> news) {
        this.settings = settings;
        this.data = data;
        this.news = news;
    }

    /**
     * Makes the caches that are missing, unless another process is at it.
     *
     * @return whether none is missing now; a service without one starts more slowly and is otherwise the same
     */
    boolean make(Map<Service, App> apps) throws InterruptedException {
        List<Callable<Boolean>> missing = apps.values().stream()
                .filter(app -> !Files.exists(app.aotCache()))
                .<Callable<Boolean>>map(app -> () -> makeUnlessAnotherDoes(app))
                .toList();
        if (missing.isEmpty()) {
            return true;
        }
        news.accept("Preparing the services to start fast, once a build and a JDK: about a minute.");
        boolean made = true;
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().factory())) {
            for (Future<Boolean> each : threads.invokeAll(missing)) {
                made &= each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return made;
    }

    private boolean makeUnlessAnotherDoes(App app) throws InterruptedException {
        try {
            Optional<FolderLock> lock = FolderLock.tryTake(app.folder());
            if (lock.isPresent()) {
                try (FolderLock _ = lock.get()) {
                    if (!Files.exists(app.aotCache())) {
                        make(app);
                    }
                }
            }
        } catch (IOException e) {
            news.accept("%s will start slowly, as its AOT cache could not be made: %s."
                    .formatted(app.service().moduleName(), e.getMessage()));
        }
        return Files.exists(app.aotCache());
    }

    private void make(App app) throws IOException, InterruptedException {
        String name = "training-" + app.service().moduleName();
        Path folder = data.folder("tmp/" + name);
        Path log = data.folder("logs").resolve(name + ".log");
        Path output = app.aotCache().resolveSibling("training.aot");
        ProcessBuilder training = new ProcessBuilder(app.trainingCommand(output, folder))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        training.environment().clear();
        training.environment().putAll(settings.ofTraining(app.service(), folder));
        training.environment()
                .put(Lifeline.PARENT_PID, Long.toString(ProcessHandle.current().pid()));
        if (!endsWell(training) || !Files.exists(output)) {
            throw new IOException("see " + log);
        }
        Files.move(output, app.aotCache(), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** Whether it ended well in time; it is gone when this returns, with what it started. */
    private static boolean endsWell(ProcessBuilder training) throws IOException, InterruptedException {
        Process process = training.start();
        try {
            return process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
