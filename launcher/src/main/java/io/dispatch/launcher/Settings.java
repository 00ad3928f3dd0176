package io.dispatch.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param port of the gateway, 1 to 65535
 * @param data the instance's folder, absolute
 * @param database a database of the user's, or null for one of our own
 * @param functions where the programs of functions are, absolute
 * @param auth whether callers need credentials
 * @param strict whether the original's header rules hold to the letter
 * @param demo whether to show the quick start
 */
record Settings(
        int port,
        Path data,
        @Nullable GivenDatabase database,
        Path functions,
        boolean auth,
        boolean strict,
        boolean demo) {}
