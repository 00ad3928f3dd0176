package io.dispatch.cli.output;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.json.Yaml;
import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/** Writes results to standard output in the format that was asked for. */
public final class Printer {

    private static final String STATUS = "STATUS";
    private static final String RESET = "\033[0m";

    private final PrintStream out;
    private final OutputFormat format;
    private final boolean coloured;

    public Printer(PrintStream out, OutputFormat format, boolean coloured) {
        this.out = out;
        this.format = format;
        this.coloured = coloured;
    }

    /** What was asked for. */
    public OutputFormat format() {
        return format;
    }

    /** Whether a person reads this, rather than a program. */
    public boolean isText() {
        return format == OutputFormat.TEXT || format == OutputFormat.WIDE;
    }

    /** One line. */
    public void line(String text) {
        out.print(text + "\n");
        out.flush();
    }

    /** One object or an array of objects as JSON, YAML or names; as JSON where a table was asked for. */
    public void data(JsonNode data) {
        switch (format) {
            case YAML -> out.print(Yaml.write(data));
            case NAME -> {
                if (data.isArray()) {
                    data.values().forEach(element -> line(Json.text(element, "name")));
                } else {
                    line(Json.text(data, "name"));
                }
            }
            case JSON, TEXT, WIDE -> line(Json.writePretty(data));
        }
        out.flush();
    }

    /** What was done to an object: the sentence for people, else the object. */
    public void done(String sentence, JsonNode object) {
        if (isText()) {
            line(sentence);
        } else {
            data(object);
        }
    }

    /** A table. */
    public void table(Table table) {
        out.print(table.render(this::paint));
        out.flush();
    }

    /** The row of a table that was added last. */
    public void lastRow(Table table) {
        out.print(table.renderLast(this::paint));
        out.flush();
    }

    private String paint(String heading, String cell) {
        if (!coloured || !heading.equals(STATUS)) {
            return cell;
        }
        String colour = switch (cell.strip()) {
            case "READY" -> "\033[32m";
            case "ERROR", "DEAD", "DELETED" -> "\033[31m";
            default -> "\033[33m";
        };
        return colour + cell + RESET;
    }
}
