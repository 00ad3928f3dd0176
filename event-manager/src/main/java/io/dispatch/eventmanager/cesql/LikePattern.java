package io.dispatch.eventmanager.cesql;

import java.util.Arrays;

/**
 * A pattern of {@code LIKE} (CESQL 1.0.0, section 3.4.3): {@code %} stands for any run of characters, {@code _} for one, a backslash
 * before one of them for the character itself. A character is a code point.
 */
final class LikePattern {
    private static final int ANY_RUN = -1;
    private static final int ANY_ONE = -2;

    /** Code points, {@link #ANY_RUN} and {@link #ANY_ONE}. */
    private final int[] elements;

    private LikePattern(int[] elements) {
        this.elements = elements;
    }

    static LikePattern of(String pattern) {
        int[] codePoints = pattern.codePoints().toArray();
        int[] elements = new int[codePoints.length];
        int length = 0;
        for (int i = 0; i < codePoints.length; i++) {
            boolean escape = codePoints[i] == '\\' && i + 1 < codePoints.length && isWildcard(codePoints[i + 1]);
            if (escape) {
                i++;
            }
            elements[length++] = escape || !isWildcard(codePoints[i]) ? codePoints[i] : wildcard(codePoints[i]);
        }
        return new LikePattern(Arrays.copyOf(elements, length));
    }

    private static boolean isWildcard(int codePoint) {
        return codePoint == '%' || codePoint == '_';
    }

    private static int wildcard(int codePoint) {
        return codePoint == '%' ? ANY_RUN : ANY_ONE;
    }

    /** What follows a run is looked for where it first fits: the run after it takes the rest, so only the last run moves. */
    boolean matches(String text, Evaluation evaluation) {
        int at = 0;
        int element = 0;
        int afterRun = -1;
        int runEnd = 0;
        while (at < text.length()) {
            if (element < elements.length && elements[element] == ANY_RUN) {
                afterRun = ++element;
                runEnd = at;
            } else if (element < elements.length && fits(elements[element], text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
                element++;
            } else if (afterRun >= 0) {
                evaluation.spend(element - afterRun + 1);
                runEnd += Character.charCount(text.codePointAt(runEnd));
                at = runEnd;
                element = afterRun;
            } else {
                return false;
            }
        }
        while (element < elements.length && elements[element] == ANY_RUN) {
            element++;
        }
        return element == elements.length;
    }

    /** Whether it has no wildcard. */
    boolean isText() {
        return beginning().codePointCount(0, beginning().length()) == elements.length;
    }

    /** What stands before the first wildcard. */
    String beginning() {
        StringBuilder beginning = new StringBuilder();
        for (int element : elements) {
            if (element < 0) {
                break;
            }
            beginning.appendCodePoint(element);
        }
        return beginning.toString();
    }

    private static boolean fits(int element, int codePoint) {
        return element == ANY_ONE || element == codePoint;
    }
}
