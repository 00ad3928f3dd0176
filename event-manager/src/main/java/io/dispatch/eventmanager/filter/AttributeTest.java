package io.dispatch.eventmanager.filter;

import io.dispatch.contracts.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * A test of one attribute, case-sensitive; an absent one passes none.
 *
 * @param attribute its name
 * @param comparison how it is compared
 * @param wanted with what
 */
public record AttributeTest(String attribute, Comparison comparison, String wanted) {

    /** How an attribute is compared. */
    public enum Comparison {
        /** The value is the same. */
        EXACT,
        /** The value begins so. */
        PREFIX,
        /** The value ends so. */
        SUFFIX
    }

    /** Whether an event passes. */
    public boolean matches(Candidate candidate) {
        @Nullable String value = candidate.text(attribute);
        return value != null
                && switch (comparison) {
                    case EXACT -> value.equals(wanted);
                    case PREFIX -> value.startsWith(wanted);
                    case SUFFIX -> value.endsWith(wanted);
                };
    }

    /** What the event has there, in words. */
    public String found(Candidate candidate) {
        @Nullable String value = candidate.text(attribute);
        return value == null
                ? attribute + " is absent"
                : "%s is \"%s\"".formatted(attribute, ErrorBody.shortened(value));
    }
}
