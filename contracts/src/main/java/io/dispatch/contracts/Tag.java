package io.dispatch.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A label on a resource. A tag sent with neither member stays the empty tag {@code {}}, as the original kept it.
 *
 * @param key what it says, or null
 * @param value what it says about it, or null
 */
@JsonInclude(Include.NON_NULL)
public record Tag(@Nullable String key, @Nullable String value) {

    /** Empty text is as good as absent. */
    public Tag {
        key = key == null || key.isEmpty() ? null : key;
        value = value == null || value.isEmpty() ? null : value;
    }

    /**
     * The tags with one entry a key; of equal keys the last wins, in the place of the first.
     *
     * @param tags as sent; null means none
     * @return null for null, since the wire tells an absent list from an empty one
     */
    public static @Nullable List<Tag> distinct(@Nullable List<Tag> tags) {
        if (tags == null) {
            return null;
        }
        Map<@Nullable String, Tag> byKey = new LinkedHashMap<>();
        tags.forEach(tag -> byKey.put(tag.key(), tag));
        return new ArrayList<>(byKey.values());
    }
}
