package io.dispatch.cli.resource;

import io.dispatch.cli.output.OutputFormat;
import io.dispatch.cli.output.Printer;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code get KIND [NAME]}: one or all of a kind. */
@Command(sortOptions = false)
public final class GetCommand implements Callable<Integer> {

    private static final String MASK = "<hidden>";

    private final Session session;
    private final Kind kind;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which one; all if none is named.")
    private @Nullable String name;

    @Mixin
    private TagOptions tags = new TagOptions();

    @Option(
            names = {"-w", "--watch"},
            description = "Stay, and show what changes; Ctrl-C ends it. For policies -w shows the rules.")
    private boolean watch;

    @Option(names = "--wide", description = "Show more columns, as -o wide does.")
    private boolean wide;

    @Option(names = "--all", description = "Secrets: all as JSON, with their values.")
    private boolean all;

    public GetCommand(Session session, Kind kind) {
        this.session = session;
        this.kind = kind;
    }

    @Override
    public Integer call() {
        Resources resources = new Resources(session.api());
        Printer printer = printer();
        String wanted = name;
        if (watch && kind != Kind.POLICY) {
            new Watch(session, kind, () -> objects(resources, wanted)).run();
            return 0;
        }
        if (printer.isText() && !(kind == Kind.SECRET && all)) {
            sayWhatIsHidden(printer);
            ResourceTable table = ResourceTable.of(kind, session);
            objects(resources, wanted).forEach(table::add);
            table.print(printer);
        } else {
            JsonNode data = wanted == null
                    ? resources.list(kind, tags.all())
                    : resources.get(kind, wanted, tags.all()).object();
            printer.data(kind == Kind.SECRET && !all ? masked(data) : data);
        }
        return 0;
    }

    private void sayWhatIsHidden(Printer printer) {
        if (kind == Kind.SECRET) {
            printer.line("Note: secret values are hidden, please use --all flag to get them\n");
        }
        if (kind == Kind.POLICY && printer.format() != OutputFormat.WIDE) {
            printer.line("Note: rule contents are omitted, please use --wide or -w to print them");
        }
    }

    private Printer printer() {
        boolean wideTable = wide || (watch && kind == Kind.POLICY);
        if (wideTable) {
            session.prefer(OutputFormat.WIDE);
        }
        return session.printer();
    }

    private List<JsonNode> objects(Resources resources, @Nullable String wanted) {
        return wanted == null
                ? List.copyOf(resources.list(kind, tags.all()).values())
                : List.of(resources.get(kind, wanted, tags.all()).object());
    }

    private static JsonNode masked(JsonNode data) {
        if (data.isArray()) {
            data.values().forEach(GetCommand::masked);
        } else if (data.path("secrets") instanceof ObjectNode values) {
            List.copyOf(values.propertyNames()).forEach(key -> values.put(key, MASK));
        }
        return data;
    }
}
