package io.dispatch.cli.iam;

import io.dispatch.cli.create.InputFile;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code iam create serviceaccount NAME --public-key FILE}. */
@Command(
        name = "serviceaccount",
        aliases = {"service-account"},
        description = "Creates a service account of the organization.",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  openssl genpkey -algorithm RSA -out ci-bot.pem",
            "  openssl pkey -in ci-bot.pem -pubout -out ci-bot.pub",
            "  dispatch iam create serviceaccount ci-bot --public-key ci-bot.pub"
        })
public final class CreateServiceAccountCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The account's name.")
    private String name = "";

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            required = true,
            description = "The PEM file of its public RSA key.")
    private Path publicKey = Path.of("");

    public CreateServiceAccountCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        byte[] pem = new InputFile(session).text(publicKey).getBytes(StandardCharsets.UTF_8);
        session.printer()
                .done(
                        Kind.SERVICE_ACCOUNT.created(name),
                        new Resources(session.api())
                                .create(
                                        Kind.SERVICE_ACCOUNT,
                                        Json.object()
                                                .put("name", name)
                                                .put(
                                                        "publicKey",
                                                        Base64.getEncoder().encodeToString(pem))));
        return 0;
    }
}
