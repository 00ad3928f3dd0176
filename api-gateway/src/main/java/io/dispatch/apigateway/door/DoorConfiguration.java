package io.dispatch.apigateway.door;

import io.dispatch.apigateway.caller.Gate;
import io.dispatch.apigateway.forward.Forwarder;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the door before everything else. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

    @Bean
    Door door(Health health, LocalGuard guard, Gate gate, Forwarder forwarder, ErrorAnswer errors) {
        return new Door(health, guard, gate, forwarder, errors);
    }

    /** By name: a filter that is there when Tomcat starts would need the database before it has been looked at. */
    @Bean
    DelegatingFilterProxyRegistrationBean doorFirst() {
        var door = new DelegatingFilterProxyRegistrationBean("door");
        door.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return door;
    }
}
