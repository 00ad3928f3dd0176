package io.dispatch.functioninvoker.function;

import io.dispatch.workloads.Backoff;
import io.dispatch.workloads.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns a command into a program that may be run: a file below the functions folder, however its path is written. */
final class CommandPrograms {

    private final FunctionsSettings settings;

    CommandPrograms(FunctionsSettings settings) {
        this.settings = settings;
    }

    /**
     * @param function one with a command
     * @param port that the program listens on, on 127.0.0.1
     * @param secrets become environment variables: upper case, with dashes as underscores
     * @throws IOException with a reason for its owner to read
     */
    Program program(FunctionVersion function, int port, Map<String, String> secrets) throws IOException {
        List<String> command = new ArrayList<>(
                function.spec().command() == null ? List.of() : function.spec().command());
        Path file = file(command.getFirst());
        command.set(0, file.toString());
        Path work = settings.workFolder().toAbsolutePath();
        Files.createDirectories(work);
        Map<String, String> environment = new HashMap<>();
        secrets.forEach((key, value) -> environment.put(variable(key), value));
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", work.toString());
        // The JDK that runs this service: a program may be written in Java without a second one being installed.
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PORT", Integer.toString(port));
        String name = function.id().toString();
        return new Program(
                name,
                command,
                environment,
                file.getParent() == null ? file : file.getParent(),
                work.resolve(name + ".log"),
                Backoff.DEFAULT);
    }

    private Path file(String program) throws IOException {
        Path folder;
        try {
            folder = settings.folder().toRealPath();
        } catch (IOException e) {
            throw new IOException("the functions folder %s is not there".formatted(settings.folder()), e);
        }
        Path file;
        try {
            file = folder.resolve(program).toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw new IOException("program %s is not in the functions folder".formatted(program), e);
        }
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IOException("program %s lies outside the functions folder".formatted(program));
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new IOException("program %s is not an executable file".formatted(program));
        }
        return file;
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
