package io.dispatch.apigateway.route;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.http.HttpMethod;

/**
 * Paths of one form.
 *
 * @param parts the form: a part in braces takes any one segment, a last {@code **} takes one or more
 * @param methods the methods it answers to, in alphabetical order
 * @param owner who answers
 * @param access who may use it
 * @param takesAnyContent whether bodies of any content type pass; else {@code application/json} only
 * @param onlyReads whether nothing changes whatever the method, so that a policy need not allow more than {@code get}
 * @param takesTime whether an answer may take minutes, as it waits for a function
 */
public record Route(
        List<String> parts,
        List<HttpMethod> methods,
        Owner owner,
        Access access,
        boolean takesAnyContent,
        boolean onlyReads,
        boolean takesTime) {

    private static final String REST = "**";

    /** Sorts and copies what it is given. */
    public Route {
        parts = List.copyOf(parts);
        methods = List.copyOf(new TreeSet<>(methods));
    }

    static Route of(String template, Owner owner, HttpMethod... methods) {
        List<String> parts =
                template.equals("/") ? List.of() : List.of(template.substring(1).split("/"));
        return new Route(parts, List.of(methods), owner, Access.POLICY, false, false, false);
    }

    Route access(Access other) {
        return new Route(parts, methods, owner, other, takesAnyContent, onlyReads, takesTime);
    }

    Route takingAnyContent() {
        return new Route(parts, methods, owner, access, true, onlyReads, takesTime);
    }

    Route takingTime() {
        return new Route(parts, methods, owner, access, takesAnyContent, onlyReads, true);
    }

    Route onlyReading() {
        return new Route(parts, methods, owner, access, takesAnyContent, true, takesTime);
    }

    /** The form in one piece, such as {@code /v1/event/drivers/{driverName}}. */
    public String template() {
        return "/" + String.join("/", parts);
    }

    /** What a policy names: the second segment, such as {@code event} (contract section 10.3). */
    public String resource() {
        return parts.size() < 2 ? "" : parts.get(1);
    }

    /** Whether the template has no variable part. */
    boolean isLiteral() {
        return parts.stream().noneMatch(part -> isVariable(part) || part.equals(REST));
    }

    /** Whether a path has this form. */
    boolean matches(RequestPath path) {
        List<String> segments = path.segments();
        boolean open = !parts.isEmpty() && parts.getLast().equals(REST);
        if (open ? segments.size() < parts.size() : segments.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < (open ? parts.size() - 1 : parts.size()); i++) {
            if (!isVariable(parts.get(i)) && !parts.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The segment of a path that stands where the template has this variable.
     *
     * @param path a path of this form
     * @return empty if the template has no such variable
     */
    public Optional<String> variable(String name, RequestPath path) {
        int at = parts.indexOf("{" + name + "}");
        return at < 0 ? Optional.empty() : Optional.of(path.segments().get(at));
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }
}
