package io.dispatch.http;

import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.type.LogicalType;

/**
 * How JSON, errors, versions and paths look on the wire. For the gateway, which knows its callers itself; a service behind
 * it imports {@link HttpDialect}.
 */
@Configuration(proxyBeanMethods = false)
@Import({ErrorAnswers.class, Healthz.class, ServiceDescription.class})
public class WireDialect implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new DialectArguments());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PathNames());
    }

    /** The original ignores {@code Accept}: the answer is JSON. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
    }

    /** Wall-clock time, unless a test brings its own. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Field names in any case and unknown fields pass, as in the original; what is ambiguous or of a wrong type does not. */
    @Bean
    JsonMapperBuilderCustomizer wireJson() {
        return json -> json.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, WireDialect::stringsOnly)
                .withCoercionConfig(LogicalType.Enum, WireDialect::emptyIsAbsent)
                .withCoercionConfig(LogicalType.OtherScalar, WireDialect::emptyIsAbsent);
    }

    /** Numbers and booleans are no strings, which Jackson decides apart from the other scalars. */
    private static void stringsOnly(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** An empty status or id is as good as none; a number is no status. */
    private static void emptyIsAbsent(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
    }

    /** {@code /v1/secret} and {@code /v1/secret/} are one path, without a redirect. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> trailingSlash() {
        var filter = new FilterRegistrationBean<>(
                UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }

    /** The largest body a service reads; the gateway refuses what is larger before it gets here. */
    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(@Value("${dispatch.max-body:1MB}") DataSize max) {
        var filter = new FilterRegistrationBean<>(new BodyLimit(max.toBytes()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
        return filter;
    }
}
