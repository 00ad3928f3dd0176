package io.dispatch.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Rows below capital headings, columns separated by bars, as the original's command shows them. */
public final class Table {

    private final List<String> headings;
    private final boolean ruled;
    private final List<List<List<String>>> rows = new ArrayList<>();
    private final int[] widths;

    /** @param ruled whether a line separates the rows, as cells may have several lines */
    public Table(List<String> headings, boolean ruled) {
        this.headings = List.copyOf(headings);
        this.ruled = ruled;
        this.widths = headings.stream().mapToInt(String::length).toArray();
    }

    /** Adds a row; a cell may have several lines. */
    public void add(List<String> cells) {
        List<List<String>> row =
                cells.stream().map(cell -> List.of(cell.split("\n", -1))).toList();
        for (int column = 0; column < widths.length; column++) {
            for (String line : row.get(column)) {
                widths[column] = Math.max(widths[column], line.length());
            }
        }
        rows.add(row);
    }

    /** Leaves room in a column for what may come while somebody watches; does nothing where there is no such heading. */
    public void reserve(String heading, int width) {
        int column = headings.indexOf(heading);
        if (column >= 0) {
            widths[column] = Math.max(widths[column], width);
        }
    }

    /**
     * The whole table, with an end of line at the end.
     *
     * @param paint given a column's heading and a cell's text as padded, what is printed
     */
    public String render(BiFunction<String, String, String> paint) {
        StringBuilder text = new StringBuilder();
        List<String> centred = new ArrayList<>();
        int length = 0;
        for (int column = 0; column < widths.length; column++) {
            centred.add(centred(headings.get(column), widths[column]));
            length += widths[column] + 3;
        }
        text.append(line(centred));
        String rule = "-".repeat(length) + "\n";
        text.append(rule);
        for (List<List<String>> row : rows) {
            text.append(lines(row, paint));
            if (ruled) {
                text.append(rule);
            }
        }
        return text.toString();
    }

    /** Only the row that was added last, in the widths of the table: for what is added while somebody watches. */
    public String renderLast(BiFunction<String, String, String> paint) {
        return lines(rows.getLast(), paint);
    }

    private String lines(List<List<String>> row, BiFunction<String, String, String> paint) {
        StringBuilder text = new StringBuilder();
        int height = row.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = row.get(column);
                String part = line < cell.size() ? cell.get(line) : "";
                String padded = part + " ".repeat(Math.max(0, widths[column] - part.length()));
                cells.add(part.isEmpty() ? padded : paint.apply(headings.get(column), padded));
            }
            text.append(line(cells));
        }
        return text.toString();
    }

    private static String line(List<String> cells) {
        return ("  " + String.join(" | ", cells)).stripTrailing() + "\n";
    }

    private static String centred(String heading, int width) {
        int left = (width - heading.length()) / 2;
        return " ".repeat(left) + heading + " ".repeat(width - heading.length() - left);
    }
}
