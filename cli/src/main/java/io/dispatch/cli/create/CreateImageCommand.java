package io.dispatch.cli.create;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code create image NAME BASE}. */
@Command(
        description = "Creates an image for functions with source.",
        sortOptions = false,
        footer = {"", "Example:", "  dispatch create image python3 python3-base --runtime-deps requirements.txt"})
public final class CreateImageCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The image's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "BASE", description = "The base image's name.")
    private String baseImage = "";

    @Option(
            names = "--runtime-deps",
            paramLabel = "FILE",
            description = "What its runtime needs, such as requirements.txt.")
    private @Nullable Path runtimeDependencies;

    @Option(names = "--system-deps", paramLabel = "FILE", description = "JSON with the packages it needs.")
    private @Nullable Path systemDependencies;

    @Mixin
    private Application application = new Application();

    public CreateImageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        InputFile files = new InputFile(session);
        ObjectNode body = Json.object().put("name", name).put("baseImageName", baseImage);
        if (runtimeDependencies != null) {
            body.putObject("runtimeDependencies").put("manifest", files.text(runtimeDependencies));
        }
        if (systemDependencies != null) {
            body.set("systemDependencies", files.json(systemDependencies));
        }
        body.set("tags", application.tags());
        session.printer().done(Kind.IMAGE.created(name), new Resources(session.api()).create(Kind.IMAGE, body));
        return 0;
    }
}
