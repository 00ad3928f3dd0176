package io.dispatch.eventmanager.event;

import io.dispatch.http.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Makes the emission of a request, headers and body, a parameter of a controller. It stands in the place of cloudevents-spring's
 * {@code CloudEventHttpMessageConverter}, which throws on every request under Spring Framework 7 and knows no batches; {@code
 * SdkConverterTests} tells when it works. It is no message converter itself, as Spring calls none for an empty body, and
 * an event in headers may have no data.
 */
@Configuration(proxyBeanMethods = false)
class EmissionArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Emission.class;
    }

    @Override
    public Emission resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        HttpServletRequest request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        return EmissionReader.read(headers(request), request.getInputStream().readAllBytes());
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement().toLowerCase(Locale.ROOT);
            if (name.startsWith("ce-") || name.equals("content-type")) {
                List<String> values = Collections.list(request.getHeaders(name));
                if (values.size() != 1) {
                    throw ApiException.badRequest(name + " in header must be there only once");
                }
                ours.put(name, values.getFirst());
            }
        }
        return ours;
    }
}
