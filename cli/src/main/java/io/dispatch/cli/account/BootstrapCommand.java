package io.dispatch.cli.account;

import io.dispatch.cli.config.ConfigFile;
import io.dispatch.cli.http.Api;
import io.dispatch.cli.http.ApiFailure;
import io.dispatch.cli.http.Credentials;
import io.dispatch.cli.http.Server;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code manage bootstrap}: the first organization, account and policy of a server, by way of the bootstrap user, whose key
 * stands in the folder that the server looks at (contract section 10.5).
 */
@Command(
        name = "bootstrap",
        description = "Makes a server's first organization, account and policy.",
        sortOptions = false,
        footer = {
            "",
            "The server must look at the folder: its setting is dispatch.gateway.bootstrap-folder.",
            "",
            "Example:",
            "  dispatch manage bootstrap --bootstrap-folder /etc/dispatch/bootstrap --host dispatch.example.com"
        })
public final class BootstrapCommand implements Callable<Integer> {

    private static final String USER = "bootstrap-user";
    private static final String POLICY = "default-policy";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** No organization is meant before there is one; a value must be sent all the same. */
    private static final String NO_ORGANIZATION = "UNSET";

    private final Session session;

    @Option(
            names = "--bootstrap-folder",
            paramLabel = "FOLDER",
            description = "Where the server looks for the bootstrap user.",
            required = true)
    private Path folder = Path.of("");

    @Option(
            names = "--bootstrap-user",
            paramLabel = "NAME",
            description = "Somebody else who may do everything, beside the account.")
    private @Nullable String user;

    @Option(
            names = "--bootstrap-svc-account",
            paramLabel = "NAME",
            defaultValue = "default-svc",
            description = "The account's name (default ${DEFAULT-VALUE}).")
    private String account = "default-svc";

    @Option(
            names = "--bootstrap-org",
            paramLabel = "NAME",
            defaultValue = "dispatch",
            description = "The organization's name (default ${DEFAULT-VALUE}).")
    private String organization = "dispatch";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long the server may take to see the bootstrap user (default ${DEFAULT-VALUE}).")
    private int timeout = 120;

    @Option(
            names = {"-d", "--disable"},
            description = "Only empty the folder.")
    private boolean disable;

    public BootstrapCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        BootstrapFolder bootstrap = new BootstrapFolder(folder);
        if (disable) {
            bootstrap.empty();
            return 0;
        }
        RsaKeys bootstrapKey = RsaKeys.generate(bootstrap.temporaryKey());
        RsaKeys accountKey = RsaKeys.generate(keyFile());
        try {
            bootstrap.fill(USER, bootstrapKey.publicKey());
            Server server = session.target()
                    .server()
                    .in(NO_ORGANIZATION)
                    .as(new Credentials.Account(USER, bootstrapKey.file()));
            session.printer().line("Waiting for the server to see the bootstrap user");
            awaitHome(new Api(server, session.surroundings().clock()));
            create(
                    new Resources(new Api(
                            server.in(organization), session.surroundings().clock())),
                    accountKey);
        } finally {
            bootstrap.empty();
        }
        keep(accountKey);
        Server server = session.target()
                .server()
                .in(organization)
                .as(new Credentials.Account(organization + "/" + account, accountKey.file()));
        awaitHome(new Api(server, session.surroundings().clock()));
        return 0;
    }

    private Path keyFile() {
        Path config = session.config().path().toAbsolutePath();
        return config.resolveSibling("%s-%s.pem".formatted(organization, account));
    }

    private void create(Resources resources, RsaKeys accountKey) {
        session.printer().line("Creating Organization: " + organization);
        try {
            resources.create(Kind.ORGANIZATION, Json.object().put("name", organization));
        } catch (ApiFailure e) {
            if (e.code() != 409) {
                throw e;
            }
        }
        session.printer().line("Creating Service Account: " + account);
        replace(
                resources,
                Kind.SERVICE_ACCOUNT,
                Json.object().put("name", account).put("publicKey", accountKey.publicKey()));
        session.printer().line("Creating Policy: " + POLICY);
        ObjectNode policy = Json.object().put("name", POLICY).put("global", true);
        ObjectNode rule = policy.putArray("rules").addObject();
        ArrayNode subjects = rule.putArray("subjects").add(account);
        if (user != null) {
            subjects.add(user);
        }
        rule.putArray("resources").add("*");
        rule.putArray("actions").add("*");
        replace(resources, Kind.POLICY, policy);
    }

    /** Made anew, as one of an earlier bootstrap has another key. */
    private static void replace(Resources resources, Kind kind, JsonNode body) {
        String name = Json.text(body, "name");
        if (resources.find(kind, name).isPresent()) {
            resources.replace(kind, name, body, null);
        } else {
            resources.create(kind, body);
        }
    }

    private void awaitHome(Api api) {
        long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        while (!api.send("GET", "/home", null).isSuccess()) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(
                        "The server at %s does not know %s after %d s: does it look at %s (dispatch.gateway.bootstrap-folder)?"
                                .formatted(
                                        api.server().url(),
                                        api.server().credentials().describe(),
                                        timeout,
                                        folder));
            }
            Session.pause(PAUSE);
        }
    }

    private void keep(RsaKeys accountKey) {
        session.printer().line("Setting up CLI current context to use service account " + account);
        ConfigFile config = session.config();
        ObjectNode context = config.openCurrent();
        Server server = session.target().server();
        URI url = server.url();
        context.put("host", url.getHost()).put("port", url.getPort()).put("scheme", url.getScheme());
        context.put("organization", organization);
        context.put("insecure", server.insecure());
        if (server.certificateAuthority() != null) {
            context.put(
                    "certificate-authority",
                    server.certificateAuthority().toAbsolutePath().toString());
        }
        context.put("serviceaccount", organization + "/" + account);
        context.put("jwtprivatekey", accountKey.file().toString());
        config.write();
    }
}
