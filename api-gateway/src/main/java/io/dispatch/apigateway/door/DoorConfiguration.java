package io.dispatch.apigateway.door;

import io.dispatch.apigateway.caller.Gate;
import io.dispatch.apigateway.forward.Forwarder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the door before everything else. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

    @Bean
    FilterRegistrationBean<Door> door(
            Health health, LocalGuard guard, Gate gate, Forwarder forwarder, ErrorAnswer errors) {
        var door = new FilterRegistrationBean<>(new Door(health, guard, gate, forwarder, errors));
        door.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return door;
    }
}
