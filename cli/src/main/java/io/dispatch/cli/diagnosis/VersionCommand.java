package io.dispatch.cli.diagnosis;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.session.Session;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code version}: of this command and of the server. */
@Command(name = "version", description = "Shows the versions of this command and of the server.", sortOptions = false)
public final class VersionCommand implements Callable<Integer> {

    private final Session session;

    public VersionCommand(Session session) {
        this.session = session;
    }

    /** The version of this build. */
    public static String ofThisCommand() {
        return Objects.requireNonNullElse(VersionCommand.class.getPackage().getImplementationVersion(), "unknown");
    }

    @Override
    public Integer call() {
        if (session.printer().isText()) {
            session.printer().line("Client: " + ofThisCommand());
            session.printer().line("Server: " + Json.text(server(), "version"));
        } else {
            var both = Json.object();
            both.putObject("client").put("version", ofThisCommand());
            both.set("server", server());
            session.printer().data(both);
        }
        return 0;
    }

    private JsonNode server() {
        return session.api().get("/v1/version");
    }
}
