package io.dispatch.workloads;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A program to keep running.
 *
 * @param name what it is known by, unique among the workloads of one owner: letters, digits, dot, dash, underscore, at
 *     most 200 characters
 * @param command the program (an absolute path, or a name looked up) and its arguments; no shell reads them. Anybody on
 *     the machine can see them, so no secret belongs here
 * @param environment the whole environment; nothing of the owner's is inherited. {@value Lifeline#PARENT_PID} and
 *     {@value Workloads#MARKER} are added
 * @param folder the working folder, which must exist
 * @param log where standard output and standard error go, at most 4 MiB and as much again in {@code <log>.1}; its folder
 *     must exist
 * @param backoff the wait before it is started again
 */
public record Program(
        String name, List<String> command, Map<String, String> environment, Path folder, Path log, Backoff backoff) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final Pattern VARIABLE = Pattern.compile("[^=\0]+");

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must match %s, was '%s'".formatted(NAME, name));
        }
        if (command.isEmpty() || command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException(
                    "command of %s must name a program and hold no NUL character".formatted(name));
        }
        environment.forEach((variable, value) -> {
            if (!VARIABLE.matcher(variable).matches() || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "environment of %s: '%s' must not be empty, hold '=' or NUL, nor its value NUL"
                                .formatted(name, variable));
            }
        });
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "Program[%s: %s]".formatted(name, command);
    }
}
