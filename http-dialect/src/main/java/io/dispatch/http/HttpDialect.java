package io.dispatch.http;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** All a service behind the gateway needs to speak HTTP; its name ({@code spring.application.name}) is its audience. */
@Configuration(proxyBeanMethods = false)
@Import(WireDialect.class)
public class HttpDialect {

    /** Before the body is looked at, and before any controller. */
    @Bean
    FilterRegistrationBean<CallerFilter> callers(
            JdbcClient database, Clock clock, JsonMapper json, @Value("${spring.application.name}") String service) {
        var tokens = new GatewayTokens(new GatewayKeys(database, clock), service, clock);
        var filter = new FilterRegistrationBean<>(new CallerFilter(tokens, json));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return filter;
    }
}
