package io.dispatch.workloads;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs one owner keeps running. Their processes are written down in the owner's state folder, so that an owner that
 * was killed leaves nothing running: the next one that opens the folder first stops what is left of it. Safe for any thread.
 */
public final class Workloads implements AutoCloseable {

    /** The variable by which a process and all it starts are known to belong to a workload: {@code <owner>/<workload>}. */
    public static final String MARKER = "DISPATCH_WORKLOAD";

    private static final Logger log = LoggerFactory.getLogger(Workloads.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final FileChannel folderLock;
    private final Workload.Owner owner;
    private final Map<String, Workload> workloads = new ConcurrentHashMap<>();

    private Workloads(FileChannel folderLock, Workload.Owner owner) {
        this.folderLock = folderLock;
        this.owner = owner;
    }

    /**
     * Takes the state folder, which is made if it is not there, and stops every process that an earlier owner of it left.
     *
     * @param folder for this owner only
     * @param clock tells when something was observed; waiting is done in real time
     * @throws IOException when the folder is not usable, belongs to a living owner, or something in it cannot be stopped
     */
    public static Workloads open(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = lock(folder);
        try {
            Workload.Owner owner = new Workload.Owner(id(folder), new Spawner(), new ProcessRecords(folder), clock);
            stopLeftOver(owner);
            return new Workloads(lock, owner);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Starts the program and keeps it running.
     *
     * @param onChange told of every new {@link Workload#state()}, on a thread of the workload's own, in order; must be
     *     quick and must not stop it
     * @throws IllegalStateException when a workload of that name is there; stop and {@link #remove} it first
     */
    public Workload start(Program program, Consumer<Workload> onChange) {
        Workload workload = new Workload(program, owner, onChange);
        if (workloads.putIfAbsent(program.name(), workload) != null) {
            throw new IllegalStateException("workload %s is there already".formatted(program.name()));
        }
        workload.start();
        return workload;
    }

    /** The workload of that name, or null. */
    public @Nullable Workload find(String name) {
        return workloads.get(name);
    }

    /** All names, of stopped ones too until they are removed. */
    public Set<String> names() {
        return Set.copyOf(workloads.keySet());
    }

    /**
     * Stops the workload (see {@link Workload#stop}) and forgets it; nothing happens when there is none.
     *
     * @param grace 0 or more
     */
    public void remove(String name, Duration grace) {
        @Nullable Workload workload = workloads.get(name);
        if (workload != null) {
            workload.stop(grace);
            workloads.remove(name, workload);
        }
    }

    /** Stops all at the same time, 10 s each before SIGKILL; what has an order is to be stopped before. */
    @Override
    public void close() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            workloads.values().forEach(workload -> threads.execute(() -> workload.stop(GRACE)));
        }
        workloads.clear();
        owner.spawner().close();
        try {
            folderLock.close();
        } catch (IOException e) {
            log.warn("the lock of the state folder could not be closed: {}", e.toString());
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("%s is in use by another running process".formatted(folder));
        }
        return channel;
    }

    private static String id(Path folder) throws IOException {
        Path file = folder.resolve("owner");
        if (!Files.exists(file)) {
            Path temporary = folder.resolve("owner.tmp");
            Files.writeString(temporary, UUID.randomUUID().toString());
            Files.move(temporary, file);
        }
        return Files.readString(file).strip();
    }

    private static void stopLeftOver(Workload.Owner owner) throws IOException {
        for (String name : owner.records().names()) {
            @Nullable ProcessHandle left = owner.records().process(name).orElse(null);
            if (left != null) {
                log.info("stopping workload {} (process {}), left by an owner that was killed", name, left.pid());
            }
            String marker = MARKER + "=" + owner.marker(name);
            if (!new ProcessTree(left, marker::equals).stop(GRACE)) {
                throw new IOException(
                        "workload %s was left by an owner that was killed and cannot be stopped".formatted(name));
            }
            owner.records().remove(name);
        }
        // Those that were started but not yet written down.
        if (!new ProcessTree(null, entry -> entry.startsWith(MARKER + "=" + owner.marker(""))).stop(GRACE)) {
            throw new IOException("a process left by an owner that was killed cannot be stopped");
        }
    }
}
