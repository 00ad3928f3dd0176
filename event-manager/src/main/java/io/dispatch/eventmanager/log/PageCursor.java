package io.dispatch.eventmanager.log;

import io.dispatch.http.ApiException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Offsets of the log's partitions as one text. */
final class PageCursor {
    private static final Pattern FORM = Pattern.compile("\\d{1,18}(\\.\\d{1,18}){3}");

    private PageCursor() {}

    static String of(List<Long> offsets) {
        return offsets.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    /**
     * Reads one.
     *
     * @param text null or empty for none
     * @return one offset for each partition, in order of their numbers; null for none
     * @throws ApiException 400 if it is none of ours
     */
    static @Nullable List<Long> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!FORM.matcher(text).matches()) {
            throw ApiException.badRequest(
                    "cursor in query must be one that a Link header gave, but was \"%s\"".formatted(text));
        }
        return Arrays.stream(text.split("\\.", -1)).map(Long::valueOf).toList();
    }
}
