package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** Which headers travel on. */
final class ForwardedHeaders {

    /** Of one connection only (RFC 9110 section 7.6.1), or set anew for the next. */
    private static final Set<String> HOP_BY_HOP = caseless(
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Content-Length",
            "Date");

    /** The caller's secrets, which are for the gateway only, and what an intermediary would say about the caller. */
    private static final Set<String> FOR_THE_GATEWAY =
            caseless("Host", "Authorization", "Cookie", "Expect", "Forwarded", "X-Real-IP");

    private static final List<String> FOR_THE_GATEWAY_PREFIXES = List.of("x-dispatch-", "x-forwarded-");

    private ForwardedHeaders() {}

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Arrays.asList(names));
        return Collections.unmodifiableSet(set);
    }

    /** Copies what a service shall see of a request. */
    static void copy(HttpServletRequest from, ClassicHttpRequest to) {
        Set<String> named = namedByConnection(Collections.list(from.getHeaders(HttpHeaders.CONNECTION)));
        for (String name : Collections.list(from.getHeaderNames())) {
            if (!HOP_BY_HOP.contains(name)
                    && !FOR_THE_GATEWAY.contains(name)
                    && !named.contains(name)
                    && !isOurs(name)) {
                Collections.list(from.getHeaders(name)).forEach(value -> to.addHeader(name, value));
            }
        }
    }

    /** What of a request says something about the event in it; names in lower case. */
    static Map<String, String> ofEvent(RequestHead from) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : from.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("content-type") || lower.startsWith("ce-")) {
                headers.put(lower, String.join(", ", from.headers(name)));
            }
        }
        return headers;
    }

    /** Copies what a caller shall see of an answer: all of it. */
    static void copy(HttpResponse from, HttpServletResponse to) {
        Set<String> named = namedByConnection(Arrays.stream(from.getHeaders(HttpHeaders.CONNECTION))
                .map(Header::getValue)
                .toList());
        for (Header header : from.getHeaders()) {
            if (!HOP_BY_HOP.contains(header.getName()) && !named.contains(header.getName())) {
                to.addHeader(header.getName(), header.getValue());
            }
        }
    }

    private static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FOR_THE_GATEWAY_PREFIXES.stream().anyMatch(lower::startsWith);
    }

    private static Set<String> namedByConnection(List<String> values) {
        return values.isEmpty()
                ? Set.of()
                : caseless(values.stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(String::strip)
                        .toArray(String[]::new));
    }
}
