package io.dispatch.http;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The repeatable query parameter {@code tags}: {@code key=value}, all of which a resource must carry. A controller takes
 * it as a parameter. The keys {@code app} and {@code application}, in any case, mean the tag {@code Application}.
 *
 * @param wanted the tags to carry; empty lets everything through
 */
public record TagFilter(List<Tag> wanted) {

    /** Copies what it is given. */
    public TagFilter {
        wanted = List.copyOf(wanted);
    }

    /**
     * Reads the query.
     *
     * @param values the parameter's values as sent; null means not sent
     * @throws ApiException 400 if one is not {@code key=value}
     */
    static TagFilter parse(String @Nullable [] values) {
        List<Tag> wanted = new ArrayList<>();
        for (String value : values == null ? new String[0] : values) {
            String[] pair = value.split("=", -1);
            if (pair.length != 2 || pair[0].isEmpty()) {
                throw ApiException.badRequest(
                        "error parsing tag '%s': invalid format".formatted(ErrorBody.shortened(value)),
                        "tags",
                        value,
                        "tags in query should be key=value with one '='");
            }
            wanted.add(new Tag(key(pair[0]), pair[1]));
        }
        return new TagFilter(wanted);
    }

    private static String key(String sent) {
        return switch (sent.toLowerCase(Locale.ROOT)) {
            case "app", "application" -> "Application";
            default -> sent;
        };
    }

    /** Whether a resource with these tags is asked for; null is a resource without any. */
    public boolean matches(@Nullable List<Tag> tags) {
        return wanted.isEmpty() || (tags != null && tags.containsAll(wanted));
    }
}
