package io.dispatch.http;

import java.util.List;
import java.util.Set;

/**
 * What a caller may do, as the {@code scope} of an access token has it (RFC 8693 section 4.2): pairs of
 * {@code resource:action} divided by spaces, {@code *} standing for any.
 *
 * @param pairs the pairs
 */
public record Scope(Set<String> pairs) {

    /** Everything. */
    public static final Scope ALL = new Scope(Set.of("*:*"));

    /** Copies what it is given. */
    public Scope {
        pairs = Set.copyOf(pairs);
    }

    /** Reads the claim; an empty text allows nothing. */
    public static Scope parse(String claim) {
        return new Scope(Set.copyOf(List.of(claim.strip().split("\\s+"))));
    }

    /** Whether one of the pairs covers this. */
    public boolean allows(String resource, String action) {
        return pairs.contains(resource + ":" + action)
                || pairs.contains(resource + ":*")
                || pairs.contains("*:" + action)
                || pairs.contains("*:*");
    }

    /** The claim: pairs divided by spaces. */
    @Override
    public String toString() {
        return String.join(" ", pairs);
    }
}
