package io.dispatch.cli.account;

import io.dispatch.cli.config.ConfigFile;
import io.dispatch.cli.http.Credentials;
import io.dispatch.cli.http.Server;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code login}: tries a token or an account, and keeps it in the context if the server knows it. */
@Command(
        name = "login",
        description = "Checks a token or an account with its key, and keeps it in the current context.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch login --host dispatch.example.com --organization acme \\",
            "      --service-account ci-bot --jwt-private-key ci-bot.pem",
            "  DISPATCH_TOKEN=… dispatch login --host dispatch.example.com --organization acme"
        })
public final class LoginCommand implements Callable<Integer> {

    private final Session session;

    /** The original's command has it; here everything is said without. */
    @Option(names = "--debug", hidden = true)
    void debug(boolean ignored) {}

    public LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Server server = session.target().server();
        if (server.credentials() instanceof Credentials.Cookie) {
            throw new CommandFailure(
                    "There is no login in a browser here: log in with --service-account NAME and --jwt-private-key FILE, or with --token.");
        }
        session.api().get("/home");
        keep(server);
        session.printer().line("You have successfully logged in");
        return 0;
    }

    private void keep(Server server) {
        ConfigFile config = session.config();
        ObjectNode context = config.openCurrent();
        URI url = server.url();
        context.put("host", url.getHost());
        context.put("port", url.getPort());
        context.put("scheme", url.getScheme());
        context.put("organization", server.organization());
        context.put("insecure", server.insecure());
        if (server.certificateAuthority() != null) {
            context.put(
                    "certificate-authority",
                    server.certificateAuthority().toAbsolutePath().toString());
        }
        switch (server.credentials()) {
            case Credentials.Account account -> {
                context.put("serviceaccount", account.issuer());
                context.put("jwtprivatekey", account.key().toAbsolutePath().toString());
                context.remove("token");
            }
            case Credentials.Token token -> context.put("token", token.token());
            case Credentials.Cookie _ -> throw new IllegalStateException("refused before");
        }
        config.write();
    }
}
