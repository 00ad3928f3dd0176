package io.dispatch.cli.create;

import io.dispatch.cli.document.SourceArchive;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code create function NAME [PATH]}: from source, or at an address, or a program. */
@Command(
        description = "Creates a function: from source, at an address, or a program below the functions folder.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch create function hello ./hello.py --image python3 --handler hello.handle",
            "  dispatch create function mailer --endpoint https://mailer.example.com/events",
            "  dispatch create function hello --command hello"
        })
public final class CreateFunctionCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The function's name.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "A file or a folder with its source.")
    private @Nullable Path source;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The image for the source, such as nodejs or python3.")
    private @Nullable String image;

    @Option(names = "--handler", paramLabel = "HANDLER", description = "The entry point, such as hello.handle.")
    private @Nullable String handler;

    @Option(names = "--endpoint", paramLabel = "URL", description = "Where the function takes a POST.")
    private @Nullable String endpoint;

    @Option(names = "--command", paramLabel = "WORD", description = "A program and its arguments, one option each.")
    private @Nullable List<String> command;

    @Option(names = "--timeout", paramLabel = "MS", description = "The longest run in milliseconds (default 30000).")
    private @Nullable Long timeout;

    @Mixin
    private Secrets secrets = new Secrets();

    @Option(names = "--service", hidden = true)
    private @Nullable List<String> services;

    @Option(names = "--schema-in", paramLabel = "FILE", description = "JSON Schema of the input.")
    private @Nullable Path schemaIn;

    @Option(names = "--schema-out", paramLabel = "FILE", description = "JSON Schema of the output.")
    private @Nullable Path schemaOut;

    @Mixin
    private Application application = new Application();

    @Spec
    private @Nullable CommandSpec spec;

    public CreateFunctionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (source == null && endpoint == null && command == null) {
            CommandSpec current = spec;
            if (current == null) {
                throw new IllegalStateException("picocli has not run this command");
            }
            throw new CommandLine.ParameterException(
                    current.commandLine(), "Say where the function is: a PATH with --image, --endpoint, or --command.");
        }
        session.printer().done(Kind.FUNCTION.created(name), new Resources(session.api()).create(Kind.FUNCTION, body()));
        return 0;
    }

    private ObjectNode body() {
        ObjectNode body = Json.object().put("name", name);
        put(body, "image", image);
        put(body, "handler", handler);
        put(body, "endpoint", endpoint);
        if (command != null) {
            command.forEach(body.putArray("command")::add);
        }
        if (timeout != null) {
            body.put("timeout", timeout);
        }
        if (source != null) {
            body.put("source", Base64.getEncoder().encodeToString(SourceArchive.of(source)));
        }
        body.set("secrets", secrets.names());
        if (services != null) {
            body.set("services", Lists.split(services));
        }
        schemas(body);
        body.set("tags", application.tags());
        return body;
    }

    private void schemas(ObjectNode body) {
        InputFile files = new InputFile(session);
        if (schemaIn != null) {
            body.withObjectProperty("schema").set("in", files.json(schemaIn));
        }
        if (schemaOut != null) {
            body.withObjectProperty("schema").set("out", files.json(schemaOut));
        }
    }

    private static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
