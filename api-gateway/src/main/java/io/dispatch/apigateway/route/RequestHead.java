package io.dispatch.apigateway.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request says before its body: all that decides whether it may pass. */
public interface RequestHead {

    /** The method, such as {@code POST}. */
    String method();

    /** The query as sent, without the question mark; null if there is none. */
    @Nullable
    String query();

    /** The names of the headers, each once, in any case. */
    List<String> names();

    /** The values of a header in the order sent, whatever the case of its name; empty if it was not sent. */
    List<String> headers(String name);

    /** Whether a body is announced, of any length or of one above 0. */
    boolean hasBody();

    /** The first value of a header; null if it was not sent. */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }
}
