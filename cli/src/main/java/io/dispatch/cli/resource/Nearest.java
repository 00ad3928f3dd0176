package io.dispatch.cli.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what may have been meant. */
public final class Nearest {

    private static final int TYPING_ERRORS = 2;

    private Nearest() {}

    /** The known word that is one or two typing errors away; empty if none is. */
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.min(TYPING_ERRORS, candidate.length() / 2))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Levenshtein's: insertions, deletions and replacements; upper and lower case are the same. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                boolean same =
                        Character.toLowerCase(one.charAt(line - 1)) == Character.toLowerCase(other.charAt(column - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
