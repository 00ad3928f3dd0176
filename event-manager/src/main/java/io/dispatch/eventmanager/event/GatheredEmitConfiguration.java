package io.dispatch.eventmanager.event;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the servlet for gathered emits beside Spring MVC. */
@Configuration(proxyBeanMethods = false)
class GatheredEmitConfiguration {

    @Bean
    ServletRegistrationBean<GatheredEmitServlet> gatheredEmits(Emits emits, JsonMapper json) {
        return new ServletRegistrationBean<>(new GatheredEmitServlet(emits, json), "/internal/emits");
    }
}
