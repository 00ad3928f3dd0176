package io.dispatch.cli.resource;

import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code delete KIND NAME…}: the first that cannot be deleted ends it. */
@Command(sortOptions = false)
public final class DeleteCommand implements Callable<Integer> {

    private final Session session;
    private final Kind kind;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Which to delete.")
    private List<String> names = List.of();

    @Mixin
    private TagOptions tags = new TagOptions();

    public DeleteCommand(Session session, Kind kind) {
        this.session = session;
        this.kind = kind;
    }

    @Override
    public Integer call() {
        Resources resources = new Resources(session.api());
        for (String name : names) {
            if (!tags.all().isEmpty()) {
                // 404 for what has other tags, so that only what was meant is deleted.
                resources.get(kind, name, tags.all());
            }
            session.printer().done(kind.deleted(name), resources.delete(kind, name));
        }
        return 0;
    }
}
