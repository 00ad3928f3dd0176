package io.dispatch.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** Lists in pages: the parameter {@code limit}, and the header {@code Link} with the address of the next page (RFC 8288). */
public final class Paging {

    private Paging() {}

    /**
     * Checks how many were asked for.
     *
     * @param most allowed, 1 or more
     * @throws ApiException 400 outside 1 to {@code most}
     */
    public static void checkLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw ApiException.badRequest("limit in query must be 1 to %d, but was %d".formatted(most, limit));
        }
    }

    /**
     * The header's value.
     *
     * @param path of the list
     * @param parameters of the query, by name and in order, not yet encoded; a value that is null is left out
     */
    public static String next(String path, Map<String, ? extends @Nullable Object> parameters) {
        Map<String, Object> given = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        // As variables, so that all that means something in an address is encoded.
        given.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return "<%s>; rel=\"next\""
                .formatted(address.encode().buildAndExpand(given).toUri());
    }
}
