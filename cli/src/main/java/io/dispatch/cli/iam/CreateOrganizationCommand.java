package io.dispatch.cli.iam;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code iam create organization NAME}. */
@Command(name = "organization", description = "Creates an organization.", sortOptions = false)
public final class CreateOrganizationCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The organization's name.")
    private String name = "";

    public CreateOrganizationCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.printer()
                .done(
                        Kind.ORGANIZATION.created(name),
                        new Resources(session.api())
                                .create(Kind.ORGANIZATION, Json.object().put("name", name)));
        return 0;
    }
}
