package io.dispatch.cli.output;

import java.util.Locale;

/** What {@code -o} chooses. */
public enum OutputFormat {
    /** A table, or the sentence that says what was done. */
    TEXT,
    /** A table with more columns. */
    WIDE,
    /** The object, or an array of objects, as the server sent it. */
    JSON,
    /** The same as YAML, with the names of the wire. */
    YAML,
    /** Names only, one a line. */
    NAME;

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
