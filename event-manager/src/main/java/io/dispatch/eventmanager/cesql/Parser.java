package io.dispatch.eventmanager.cesql;

import io.dispatch.eventmanager.cesql.Expression.Binary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses by recursive descent, a method for each level of precedence (CESQL 1.0.0, sections 2 and 3.6). */
final class Parser {
    /** How deeply parentheses, arguments and unary operators may be nested, so that parsing and evaluating end well. */
    private static final int MAX_DEPTH = 50;

    /** How many operators stand between values, each of which evaluating goes a step deeper for. */
    private static final int MAX_OPERATORS = 250;

    private final Tokens tokens;
    private int depth;
    private int operators;

    Parser(String text) throws InvalidExpressionException {
        this.tokens = new Tokens(text);
    }

    Expression parse() throws InvalidExpressionException {
        Expression expression = expression();
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.unexpected("an operator or the end");
        }
        return expression;
    }

    private Expression expression() throws InvalidExpressionException {
        return binary(Operator.WEAKEST);
    }

    private Expression binary(int precedence) throws InvalidExpressionException {
        if (precedence > Operator.STRONGEST) {
            return postfix();
        }
        Expression left = binary(precedence + 1);
        for (Operator operator = operator(precedence); operator != null; operator = operator(precedence)) {
            oneMore(tokens.take());
            left = new Binary(operator, left, binary(precedence + 1));
        }
        return left;
    }

    private @Nullable Operator operator(int precedence) {
        Token token = tokens.peek();
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.precedence() == precedence)
                .filter(operator -> token.isSymbol(operator.symbol()) || token.isKeyword(operator.symbol()))
                .findFirst()
                .orElse(null);
    }

    /** {@code LIKE} and {@code IN} bind stronger than the binary operators and weaker than the unary ones. */
    private Expression postfix() throws InvalidExpressionException {
        Expression operand = unary();
        while (true) {
            Token first = tokens.peek();
            boolean negated = tokens.takeKeyword("NOT");
            Expression test;
            if (tokens.takeKeyword("LIKE")) {
                test = new Expression.Like(operand, pattern());
            } else if (tokens.takeKeyword("IN")) {
                tokens.expectSymbol("(");
                test = new Expression.In(operand, list());
            } else if (negated) {
                throw tokens.unexpected("LIKE or IN");
            } else {
                return operand;
            }
            oneMore(first);
            operand = negated ? new Expression.Otherwise(test) : test;
        }
    }

    private LikePattern pattern() throws InvalidExpressionException {
        if (tokens.peek().kind() != Token.Kind.STRING) {
            throw tokens.unexpected("a string after LIKE");
        }
        return LikePattern.of(tokens.take().text());
    }

    private Expression unary() throws InvalidExpressionException {
        deeper();
        Expression expression;
        if (tokens.takeKeyword("NOT")) {
            expression = new Expression.Not(unary());
        } else if (tokens.peek().isSymbol("-") || tokens.peek().isSymbol("+")) {
            expression = signed();
        } else {
            expression = primary();
        }
        depth--;
        return expression;
    }

    /** A sign right before digits belongs to the literal: so the least integer can be written. */
    private Expression signed() throws InvalidExpressionException {
        Token sign = tokens.take();
        Token next = tokens.peek();
        if (next.isDigits() && next.start() == sign.end()) {
            tokens.take();
            return integer(sign.text() + next.text(), sign.start());
        }
        if (sign.isSymbol("-")) {
            return new Expression.Negate(unary());
        }
        throw tokens.unexpected("an integer after +");
    }

    private Expression primary() throws InvalidExpressionException {
        Token token = tokens.take();
        if (token.isSymbol("(")) {
            Expression inner = expression();
            tokens.expectSymbol(")");
            return inner;
        }
        if (token.kind() == Token.Kind.STRING) {
            return new Expression.Literal(new Value.Text(token.text()));
        }
        if (token.kind() != Token.Kind.WORD) {
            throw expectedValue(token);
        }
        return token.isDigits() ? integer(token.text(), token.start()) : word(token);
    }

    private Expression word(Token token) throws InvalidExpressionException {
        return switch (token.text().toUpperCase(Locale.ROOT)) {
            case "TRUE" -> new Expression.Literal(Value.Truth.TRUE);
            case "FALSE" -> new Expression.Literal(Value.Truth.FALSE);
            case "EXISTS" -> exists();
            case "AND", "OR", "XOR", "NOT", "LIKE", "IN" -> throw expectedValue(token);
            default -> tokens.takeSymbol("(") ? call(token) : new Expression.Attribute(attribute(token));
        };
    }

    private Expression exists() throws InvalidExpressionException {
        if (tokens.peek().kind() != Token.Kind.WORD) {
            throw tokens.unexpected("an attribute after EXISTS");
        }
        return new Expression.Exists(attribute(tokens.take()));
    }

    private static InvalidExpressionException expectedValue(Token token) {
        return new InvalidExpressionException(
                Fault.PARSE, token.start(), "a value is expected, but there is " + token.shown());
    }

    /** Attributes are lower-case (CloudEvents 1.0, "Naming"), and the test kit reads them in any case. */
    private static String attribute(Token token) throws InvalidExpressionException {
        if (token.text().indexOf('_') >= 0) {
            throw new InvalidExpressionException(
                    Fault.PARSE, token.start(), token.shown() + " is no attribute: letters and digits are expected");
        }
        return token.text().toLowerCase(Locale.ROOT);
    }

    private static Expression integer(String text, int offset) throws InvalidExpressionException {
        if (Digits.toWhole(text) instanceof Value.Whole number) {
            return new Expression.Literal(number);
        }
        throw new InvalidExpressionException(Fault.PARSE, offset, text + " has more than 32 bits");
    }

    private Expression call(Token name) throws InvalidExpressionException {
        List<Expression> arguments = tokens.takeSymbol(")") ? List.of() : list();
        return BuiltIn.find(name.text(), arguments.size())
                .map(function -> new Expression.Call(function, arguments))
                .orElseThrow(() -> new InvalidExpressionException(
                        Fault.MISSING_FUNCTION,
                        name.start(),
                        BuiltIn.isName(name.text())
                                ? "the function %s takes another number of arguments than %d"
                                        .formatted(name.text(), arguments.size())
                                : "there is no function " + name.text()));
    }

    /** At least one expression, and the parenthesis that ends the list. */
    private List<Expression> list() throws InvalidExpressionException {
        List<Expression> expressions = new ArrayList<>();
        do {
            expressions.add(expression());
        } while (tokens.takeSymbol(","));
        tokens.expectSymbol(")");
        return List.copyOf(expressions);
    }

    private void deeper() throws InvalidExpressionException {
        if (++depth > MAX_DEPTH) {
            throw new InvalidExpressionException(
                    Fault.PARSE, tokens.peek().start(), "more than %d levels are nested".formatted(MAX_DEPTH));
        }
    }

    private void oneMore(Token operator) throws InvalidExpressionException {
        if (++operators > MAX_OPERATORS) {
            throw new InvalidExpressionException(
                    Fault.PARSE, operator.start(), "more than %d operators are there".formatted(MAX_OPERATORS));
        }
    }
}
