package io.dispatch.apigateway.caller;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Draws from the settings whom the gateway lets in. */
@Configuration(proxyBeanMethods = false)
class CallerConfiguration {

    @Bean
    AccessMode accessMode(@Value("${dispatch.local-mode:false}") boolean localMode, CallerSettings settings) {
        boolean open = localMode && !settings.auth();
        return new AccessMode(open, settings.strict() == null ? !localMode : settings.strict());
    }
}
