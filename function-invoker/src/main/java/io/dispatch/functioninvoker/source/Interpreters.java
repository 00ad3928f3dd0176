package io.dispatch.functioninvoker.source;

import io.dispatch.workloads.Trial;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Finds the programs that run languages. One that does not say its version is passed over: version managers put scripts on
 * the path that work only in their user's own environment. Safe for any thread.
 */
final class Interpreters {

    private final String path;
    private final Map<String, String> environment;
    private final Set<Path> working = ConcurrentHashMap.newKeySet();

    /**
     * @param path folders to look into, first one first, as in {@code $PATH}
     * @param environment the whole environment that they will run in
     */
    Interpreters(String path, Map<String, String> environment) {
        this.path = path;
        this.environment = Map.copyOf(environment);
    }

    /** The absolute path of the first that works; looked for anew each time, since people install what is missing. */
    Optional<Path> find(Language language) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, language.interpreter()))
                .filter(Files::isExecutable)
                .filter(program -> working.contains(program) || (saysItsVersion(program) && working.add(program)))
                .findFirst();
    }

    private boolean saysItsVersion(Path program) {
        return Trial.succeeds(List.of(program.toString(), "--version"), environment);
    }
}
