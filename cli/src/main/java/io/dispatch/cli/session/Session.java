package io.dispatch.cli.session;

import io.dispatch.cli.config.ConfigFile;
import io.dispatch.cli.config.Target;
import io.dispatch.cli.config.TargetChoice;
import io.dispatch.cli.http.Api;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.OutputFormat;
import io.dispatch.cli.output.Printer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call of the command: what its parts need, made when they first need it. For one thread. */
public final class Session {

    private final Surroundings surroundings;
    private final GlobalOptions options;
    private @Nullable ConfigFile config;
    private @Nullable Target target;
    private @Nullable Api api;
    private @Nullable OutputFormat preferred;

    /** @param options filled when the command line has been read */
    public Session(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /** Streams, clock and the like. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** The file with the contexts. */
    public ConfigFile config() {
        ConfigFile known = config;
        if (known == null) {
            known = ConfigFile.find(options.flags().config(), surroundings.environment(), surroundings.home());
            config = known;
        }
        return known;
    }

    /** The server that was chosen. */
    public Target target() {
        Target known = target;
        if (known == null) {
            known = new TargetChoice(options.flags(), surroundings.environment(), config()).make();
            target = known;
        }
        return known;
    }

    /** The API of the server that was chosen. */
    public Api api() {
        Api known = api;
        if (known == null) {
            known = new Api(target().server(), surroundings.clock());
            api = known;
        }
        return known;
    }

    /** What writes results. */
    public Printer printer() {
        return new Printer(surroundings.out(), format(), surroundings.terminal().colouredOut());
    }

    /** Another format for people, unless one for programs was asked for. */
    public void prefer(OutputFormat format) {
        if (options.format() == OutputFormat.TEXT) {
            preferred = format;
        }
    }

    private OutputFormat format() {
        OutputFormat other = preferred;
        return other == null ? options.format() : other;
    }

    /** Whether the hidden {@code --json} was given. */
    public boolean wantsOldJson() {
        return options.oldJson();
    }

    /** Lets time pass between two looks at a server; an interrupt ends the command. */
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.", e);
        }
    }
}
