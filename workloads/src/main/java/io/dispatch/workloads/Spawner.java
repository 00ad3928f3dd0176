package io.dispatch.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes, on Linux in a session of their own (a Ctrl-C in the terminal is for the owner, who stops its children in
 * order) and bound to die with their owner.
 *
 * <p>That bond (PR_SET_PDEATHSIG) is to the <em>thread</em> that started the child, not to its process: so all are started by
 * one platform thread that lives until the last child is gone.
 */
final class Spawner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Spawner.class);
    private static final List<Path> TOOL_FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("workload-starter").factory());
    private final List<String> wrapper;

    Spawner() {
        this.wrapper = wrapper();
    }

    /**
     * Starts the program with its standard error in its standard output and an empty standard input.
     *
     * @param added variables beside the program's own
     * @throws IOException when there is no such program or folder
     */
    Process spawn(Program program, Map<String, String> added) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(program.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        builder.environment().putAll(added);
        try {
            return CompletableFuture.supplyAsync(() -> start(builder), starter).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
            throw e;
        }
    }

    /** To be called when no child is left: those that are would be killed. */
    @Override
    public void close() {
        starter.shutdown();
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static List<String> wrapper() {
        List<String> wrapper = new ArrayList<>();
        @Nullable String setsid = tool("setsid");
        if (setsid != null) {
            wrapper.add(setsid);
        }
        @Nullable String setpriv = tool("setpriv");
        if (setpriv != null && Trial.succeeds(List.of(setpriv, "--pdeathsig", "KILL", "true"), System.getenv())) {
            wrapper.addAll(List.of(setpriv, "--pdeathsig", "KILL", "--"));
        } else {
            log.info(
                    "setpriv (util-linux) with --pdeathsig not found: a child that watches nobody can outlive a killed owner"
                            + " until the next start");
        }
        return List.copyOf(wrapper);
    }

    private static @Nullable String tool(String name) {
        return TOOL_FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElse(null);
    }
}
