package io.dispatch.cli.account;

import io.dispatch.cli.config.ConfigFile;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** {@code logout}: forgets the credentials of the current context. */
@Command(name = "logout", description = "Forgets the credentials of the current context.", sortOptions = false)
public final class LogoutCommand implements Callable<Integer> {

    private final Session session;

    public LogoutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ConfigFile config = session.config();
        if (!config.current().isEmpty()) {
            ObjectNode context = config.openCurrent();
            for (String field : List.of("cookie", "serviceaccount", "jwtprivatekey")) {
                context.put(field, "");
            }
            context.remove("token");
            config.write();
        }
        session.printer().line("You have successfully logged out");
        return 0;
    }
}
