package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import java.net.URI;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the services are, and how much they are sent.
 *
 * @param eventManagerUrl base URL of event-manager
 * @param functionInvokerUrl base URL of function-invoker
 * @param driverManagerUrl base URL of driver-manager
 * @param maxBody the largest body of a request that is let through
 * @param maxFunction the largest body that describes a function, which may hold its source
 */
@ConfigurationProperties("dispatch.gateway")
record ServiceAddresses(
        @DefaultValue("http://127.0.0.1:8081") URI eventManagerUrl,
        @DefaultValue("http://127.0.0.1:8083") URI functionInvokerUrl,
        @DefaultValue("http://127.0.0.1:8082") URI driverManagerUrl,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("12MB") DataSize maxFunction) {

    HttpHost of(Owner owner) {
        return HttpHost.create(
                switch (owner) {
                    case EVENT_MANAGER -> eventManagerUrl;
                    case FUNCTION_INVOKER -> functionInvokerUrl;
                    case DRIVER_MANAGER -> driverManagerUrl;
                    case GATEWAY -> throw new IllegalArgumentException("the gateway does not forward to itself");
                });
    }
}
