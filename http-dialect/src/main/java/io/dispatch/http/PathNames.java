package io.dispatch.http;

import io.dispatch.contracts.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Checks the names in a path before the body is read, as the original does; Bean Validation would come to them only after it.
 */
final class PathNames implements HandlerInterceptor {

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
        Pattern rule = parameter.getParameterAnnotation(Pattern.class);
        if (variable == null || rule == null) {
            return;
        }
        if (names.get(variable.value()) instanceof String name && !name.matches(rule.regexp())) {
            throw ApiException.invalid(
                    ErrorCode.PATTERN,
                    variable.value(),
                    name,
                    "%s in path should match '%s'".formatted(variable.value(), rule.regexp()));
        }
    }
}
