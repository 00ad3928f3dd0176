package io.dispatch.eventmanager.cesql;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text of a {@link Kind#STRING} its value, of a {@link Kind#WORD} as written, else the symbol
 * @param start offset of its first character
 * @param end offset after its last character
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        /** Letters, digits and underscores: a keyword, an attribute, a function or an integer. */
        WORD,
        STRING,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Keywords may be written in any case. */
    boolean isKeyword(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isDigits() {
        return kind == Kind.WORD && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** As it is shown in a sentence. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case STRING -> "a string";
            case WORD, SYMBOL -> "\"" + text + "\"";
        };
    }
}
