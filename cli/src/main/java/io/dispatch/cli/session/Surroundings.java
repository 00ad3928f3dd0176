package io.dispatch.cli.session;

import io.dispatch.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a command sees of the machine.
 *
 * @param out for results
 * @param err for everything else
 * @param environment the variables of the process
 * @param home the user's folder
 * @param terminal which of the streams a person looks at
 * @param random for names and event ids
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        Path home,
        Terminal terminal,
        Clock clock,
        RandomGenerator random) {

    /** A variable that is set to something. */
    public boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }
}
