package io.dispatch.eventmanager.filter;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.subscription.Explanation.Clause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * {@code data}: conditions on one place of the payload, all of which must hold. A payload that is not JSON does not match.
 *
 * @param path where it stands in the subscription
 * @param pointer the place (RFC 6901)
 * @param conditions at least one
 */
record DataFilter(String path, JsonPointer pointer, List<Condition> conditions) implements Filter {

    /** What may be asked of a value. */
    enum Operator {
        EXACT,
        PREFIX,
        SUFFIX,
        IN,
        EXISTS,
        GT,
        GTE,
        LT,
        LTE
    }

    /**
     * One question.
     *
     * @param operator the question
     * @param name of the operator, as it is written
     * @param wanted of the type that the operator needs
     */
    record Condition(Operator operator, String name, JsonNode wanted) {

        /** @param actual the value at the place, or a missing node */
        boolean holds(JsonNode actual) {
            return switch (operator) {
                case EXISTS -> wanted.booleanValue() != actual.isMissingNode();
                case EXACT -> same(actual, wanted);
                case IN -> in(actual);
                case PREFIX -> actual.isString() && actual.stringValue().startsWith(wanted.stringValue());
                case SUFFIX -> actual.isString() && actual.stringValue().endsWith(wanted.stringValue());
                case GT -> actual.isNumber() && order(actual, wanted) > 0;
                case GTE -> actual.isNumber() && order(actual, wanted) >= 0;
                case LT -> actual.isNumber() && order(actual, wanted) < 0;
                case LTE -> actual.isNumber() && order(actual, wanted) <= 0;
            };
        }

        private boolean in(JsonNode actual) {
            for (JsonNode one : wanted) {
                if (same(actual, one)) {
                    return true;
                }
            }
            return false;
        }

        /** Numbers are equal by value: 4 is 4.0. */
        private static boolean same(JsonNode one, JsonNode other) {
            return (one.isNumber() && other.isNumber()) ? order(one, other) == 0 : one.equals(other);
        }

        private static int order(JsonNode one, JsonNode other) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
    }

    @Override
    public boolean matches(Candidate candidate) {
        JsonNode payload = candidate.payload();
        if (payload == null) {
            return false;
        }
        JsonNode actual = payload.at(pointer);
        for (Condition condition : conditions) {
            if (!condition.holds(actual)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean explain(Candidate candidate, List<Clause> clauses) {
        JsonNode payload = candidate.payload();
        for (Condition condition : conditions) {
            boolean holds = payload != null && condition.holds(payload.at(pointer));
            clauses.add(new Clause(path + "/" + condition.name(), holds, found(payload)));
        }
        return matches(candidate);
    }

    private String found(@Nullable JsonNode payload) {
        if (payload == null) {
            return "the payload is not JSON";
        }
        JsonNode actual = payload.at(pointer);
        String place = pointer.matches() ? "the payload" : pointer.toString();
        return actual.isMissingNode() ? place + " is absent" : place + " is " + ErrorBody.shortened(actual.toString());
    }
}
