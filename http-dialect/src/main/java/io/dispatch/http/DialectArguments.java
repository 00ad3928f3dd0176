package io.dispatch.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a controller the caller, the version it saw and the tags it asks for. */
final class DialectArguments implements HandlerMethodArgumentResolver {

    private static final Set<Class<?>> OURS = Set.of(Caller.class, IfMatch.class, TagFilter.class);

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return OURS.contains(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Class<?> type = parameter.getParameterType();
        if (type == IfMatch.class) {
            return new IfMatch(request.getHeader(HttpHeaders.IF_MATCH));
        }
        if (type == TagFilter.class) {
            return TagFilter.parse(request.getParameterValues("tags"));
        }
        HttpServletRequest servletRequest = (HttpServletRequest) request.getNativeRequest();
        Object caller = servletRequest.getAttribute(Caller.ATTRIBUTE);
        if (caller == null) {
            throw new IllegalStateException("no caller is known for " + servletRequest.getRequestURI());
        }
        return caller;
    }
}
