package io.dispatch.http;

import io.dispatch.contracts.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Checks the names in a path before the body is read, as the original does; Bean Validation would come to them only after it.
 */
final class PathNames implements HandlerInterceptor {

    /** RFC 9562 section 4; {@link UUID#fromString} also takes texts that are none, such as {@code 1-1-1-1-1}. */
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> names
                && !names.isEmpty()) {
            for (MethodParameter parameter : method.getMethodParameters()) {
                check(parameter, names);
            }
        }
        return true;
    }

    private static void check(MethodParameter parameter, Map<?, ?> names) {
        PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
        if (variable == null || !(names.get(variable.value()) instanceof String name)) {
            return;
        }
        Pattern rule = parameter.getParameterAnnotation(Pattern.class);
        if (rule != null && !name.matches(rule.regexp())) {
            throw refused(ErrorCode.PATTERN, variable, name, "should match '%s'".formatted(rule.regexp()));
        }
        if (parameter.getParameterType() == UUID.class && !name.matches(UUID_FORM)) {
            throw refused(ErrorCode.FORMAT, variable, name, "must be of type uuid: \"%s\"".formatted(name));
        }
    }

    private static ApiException refused(ErrorCode code, PathVariable variable, String name, String rule) {
        return ApiException.invalid(code, variable.value(), name, "%s in path %s".formatted(variable.value(), rule));
    }
}
