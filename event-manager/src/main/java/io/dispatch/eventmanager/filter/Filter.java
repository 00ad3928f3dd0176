package io.dispatch.eventmanager.filter;

import io.dispatch.contracts.subscription.Explanation.Clause;
import io.dispatch.eventmanager.cesql.Cesql;
import io.dispatch.eventmanager.cesql.Implied;
import io.dispatch.eventmanager.cesql.Value;
import io.dispatch.eventmanager.filter.AttributeTest.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filter expression of the CloudEvents Subscriptions API
 * (<a href="https://github.com/cloudevents/spec/blob/main/subscriptions/spec.md">section 3.2.4</a>), or a condition on the payload.
 * Immutable.
 */
sealed interface Filter permits Filter.Attribute, Filter.All, Filter.Any, Filter.Not, Filter.Sql, DataFilter {

    boolean matches(Candidate candidate);

    /** Adds what it finds, itself before its parts, and tells whether it matches. */
    boolean explain(Candidate candidate, List<Clause> clauses);

    /**
     * What an index may look for: each of the covers is a list of tests of which an event passes at least one if it passes the
     * filter.
     */
    default List<List<AttributeTest>> covers() {
        return List.of();
    }

    /** One attribute of {@code exact}, {@code prefix} or {@code suffix}. */
    record Attribute(String path, AttributeTest test) implements Filter {
        @Override
        public boolean matches(Candidate candidate) {
            return test.matches(candidate);
        }

        @Override
        public boolean explain(Candidate candidate, List<Clause> clauses) {
            boolean matches = matches(candidate);
            clauses.add(new Clause(path, matches, test.found(candidate)));
            return matches;
        }

        @Override
        public List<List<AttributeTest>> covers() {
            return List.of(List.of(test));
        }
    }

    /** {@code all}, and what has several attributes. */
    record All(String path, List<Filter> parts) implements Filter {
        @Override
        public boolean matches(Candidate candidate) {
            for (Filter part : parts) {
                if (!part.matches(candidate)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean explain(Candidate candidate, List<Clause> clauses) {
            int matching = explainParts(path, parts, parts.size(), candidate, clauses);
            return matching == parts.size();
        }

        @Override
        public List<List<AttributeTest>> covers() {
            return parts.stream().flatMap(part -> part.covers().stream()).toList();
        }
    }

    /** {@code any}. */
    record Any(String path, List<Filter> parts) implements Filter {
        @Override
        public boolean matches(Candidate candidate) {
            for (Filter part : parts) {
                if (part.matches(candidate)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean explain(Candidate candidate, List<Clause> clauses) {
            return explainParts(path, parts, 1, candidate, clauses) > 0;
        }

        /** One that is made of the first cover of each part, if each has one. */
        @Override
        public List<List<AttributeTest>> covers() {
            List<AttributeTest> together = new ArrayList<>();
            for (Filter part : parts) {
                Optional<List<AttributeTest>> cover = part.covers().stream().findFirst();
                if (cover.isEmpty()) {
                    return List.of();
                }
                together.addAll(cover.get());
            }
            return List.of(together);
        }
    }

    /** {@code not}. */
    record Not(String path, Filter part) implements Filter {
        @Override
        public boolean matches(Candidate candidate) {
            return !part.matches(candidate);
        }

        @Override
        public boolean explain(Candidate candidate, List<Clause> clauses) {
            List<Clause> inner = new ArrayList<>();
            boolean matches = !part.explain(candidate, inner);
            clauses.add(new Clause(path, matches, "the expression in it " + (matches ? "does not match" : "matches")));
            clauses.addAll(inner);
            return matches;
        }
    }

    /** {@code sql}: passes if the value is true, not if it is an error or of another type. */
    record Sql(String path, Cesql expression) implements Filter {
        @Override
        public boolean matches(Candidate candidate) {
            return isTrue(expression.evaluate(candidate.event()));
        }

        private static boolean isTrue(Value value) {
            return value instanceof Value.Truth(boolean truth) && truth;
        }

        @Override
        public boolean explain(Candidate candidate, List<Clause> clauses) {
            Value value = expression.evaluate(candidate.event());
            clauses.add(new Clause(path, isTrue(value), because(value)));
            return isTrue(value);
        }

        @Override
        public List<List<AttributeTest>> covers() {
            return expression.implied().stream()
                    .map(any -> any.stream().map(Sql::test).toList())
                    .toList();
        }

        private static AttributeTest test(Implied implied) {
            return new AttributeTest(
                    implied.attribute(), implied.whole() ? Comparison.EXACT : Comparison.PREFIX, implied.text());
        }

        private static String because(Value value) {
            return switch (value) {
                case Value.Truth truth -> "the expression is " + truth;
                case Value.Failure failure -> "the expression fails: " + failure.reason();
                case Value.Text _, Value.Whole _ -> "the expression is no boolean";
            };
        }
    }

    private static int explainParts(
            String path, List<Filter> parts, int needed, Candidate candidate, List<Clause> clauses) {
        List<Clause> inner = new ArrayList<>();
        int matching = 0;
        for (Filter part : parts) {
            matching += part.explain(candidate, inner) ? 1 : 0;
        }
        clauses.add(new Clause(
                path, matching >= needed, "%d of the %d expressions in it match".formatted(matching, parts.size())));
        clauses.addAll(inner);
        return matching;
    }
}
