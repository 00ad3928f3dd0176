package io.dispatch.apigateway.openapi;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The pages at {@code /docs}: Swagger UI out of its own jar, so that nothing is fetched from elsewhere. */
@Configuration(proxyBeanMethods = false)
class DocsPages implements WebMvcConfigurer {

    private final String webjar;

    DocsPages(@Value("${dispatch.gateway.swagger-ui-version}") String version) {
        this.webjar = "classpath:/META-INF/resources/webjars/swagger-ui/%s/".formatted(version);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/docs/**").addResourceLocations("classpath:/docs/", webjar);
    }
}
