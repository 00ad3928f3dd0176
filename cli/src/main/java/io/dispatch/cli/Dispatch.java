package io.dispatch.cli;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.Terminal;
import io.dispatch.cli.session.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;

/** Starts the command {@code dispatch}. */
public final class Dispatch {

    /** The script says which of the standard streams are terminals. */
    private static final String TERMINAL = "dispatch.terminal";

    private Dispatch() {}

    /** Never returns. */
    public static void main(String[] args) {
        // Almost every command needs it, and it takes as long as picocli takes on this thread.
        Thread.ofPlatform().daemon().start(() -> Json.parse("{}"));
        // An event that was sent may have been accepted: only the caller knows whether to send it again.
        System.setProperty("sun.net.http.retryPost", "false");
        PrintStream err = stream(FileDescriptor.err);
        try {
            ProxyVariables.properties(System.getenv()).forEach(System::setProperty);
        } catch (CommandFailure e) {
            err.println(e.getMessage());
            System.exit(1);
        }
        Surroundings surroundings = new Surroundings(
                stream(FileDescriptor.out),
                err,
                System.in,
                System.getenv(),
                Path.of(Objects.requireNonNullElse(System.getenv("HOME"), System.getProperty("user.home"))),
                Terminal.of(System.getProperty(TERMINAL, ""), System.getenv()),
                Clock.system(ZoneId.systemDefault()),
                () -> new SecureRandom().nextLong());
        System.exit(DispatchCommand.run(surroundings, args));
    }

    /** In UTF-8 whatever the locale says. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
