package io.dispatch.eventmanager.cesql;

import java.util.List;

/** Cuts an expression into tokens, with one token of look-ahead. */
final class Tokens {
    private static final List<String> SYMBOLS =
            List.of("<=", ">=", "<>", "!=", "(", ")", ",", "+", "-", "*", "/", "%", "=", "<", ">");

    private final String text;
    private Token next;

    Tokens(String text) throws InvalidExpressionException {
        this.text = text;
        this.next = read(0);
    }

    Token peek() {
        return next;
    }

    Token take() throws InvalidExpressionException {
        Token taken = next;
        next = read(taken.end());
        return taken;
    }

    boolean takeSymbol(String symbol) throws InvalidExpressionException {
        return takeIf(next.isSymbol(symbol));
    }

    boolean takeKeyword(String keyword) throws InvalidExpressionException {
        return takeIf(next.isKeyword(keyword));
    }

    private boolean takeIf(boolean wanted) throws InvalidExpressionException {
        if (wanted) {
            take();
        }
        return wanted;
    }

    void expectSymbol(String symbol) throws InvalidExpressionException {
        if (!takeSymbol(symbol)) {
            throw unexpected("\"" + symbol + "\"");
        }
    }

    InvalidExpressionException unexpected(String expected) {
        return new InvalidExpressionException(
                Fault.PARSE, next.start(), "%s is expected, but there is %s".formatted(expected, next.shown()));
    }

    private Token read(int from) throws InvalidExpressionException {
        int start = from;
        while (start < text.length() && " \t\r\n".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        if (start == text.length()) {
            return new Token(Token.Kind.END, "", start, start);
        }
        char first = text.charAt(start);
        if (first == '\'' || first == '"') {
            return string(start, first);
        }
        int end = start;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        if (end > start) {
            return new Token(Token.Kind.WORD, text.substring(start, end), start, end);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, start)) {
                return new Token(Token.Kind.SYMBOL, symbol, start, start + symbol.length());
            }
        }
        throw new InvalidExpressionException(Fault.PARSE, start, "\"%c\" has no meaning".formatted(first));
    }

    /** A backslash escapes the delimiter; before another character it stands for itself, as patterns of LIKE need it. */
    private Token string(int start, char delimiter) throws InvalidExpressionException {
        StringBuilder value = new StringBuilder();
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != delimiter) {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
            if (escape && text.charAt(at + 1) != delimiter) {
                value.append('\\');
            }
            at += escape ? 1 : 0;
            value.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            throw new InvalidExpressionException(Fault.PARSE, start, "the string that begins has no end");
        }
        return new Token(Token.Kind.STRING, value.toString(), start, at + 1);
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
