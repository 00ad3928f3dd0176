package io.dispatch.cli.resource;

import io.dispatch.cli.output.OutputFormat;
import io.dispatch.cli.output.Printer;
import io.dispatch.cli.output.Table;
import io.dispatch.cli.output.WireTime;
import io.dispatch.cli.session.Session;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The table of one kind of resources. */
public final class ResourceTable {

    private final List<Column> columns;
    private final ZoneId zone;
    private final Table table;

    private ResourceTable(List<Column> columns, ZoneId zone, boolean ruled) {
        this.columns = columns;
        this.zone = zone;
        this.table = new Table(columns.stream().map(Column::heading).toList(), ruled);
    }

    /** An empty one; with all columns where {@code -o wide} was given. */
    public static ResourceTable of(Kind kind, Session session) {
        boolean wide = session.printer().format() == OutputFormat.WIDE;
        return new ResourceTable(
                Column.of(kind).stream()
                        .filter(column -> wide || !column.wide())
                        .toList(),
                session.surroundings().clock().getZone(),
                kind == Kind.DRIVER || kind == Kind.DRIVER_TYPE);
    }

    /** Leaves room for objects that are added after the first were printed. */
    ResourceTable reserve() {
        for (String name : List.of("NAME", "EVENT TYPE", "FUNCTION NAME")) {
            table.reserve(name, 16);
        }
        table.reserve("STATUS", "CREATING".length());
        table.reserve("CREATED DATE", WireTime.WIDTH);
        return this;
    }

    /** Adds an object. */
    public ResourceTable add(JsonNode object) {
        table.add(columns.stream()
                .map(column -> column.cell().apply(object, zone))
                .toList());
        return this;
    }

    /** Prints all. */
    public void print(Printer printer) {
        printer.table(table);
    }

    /** Prints the object that was added last, below what is printed already. */
    void printLast(Printer printer) {
        printer.lastRow(table);
    }
}
