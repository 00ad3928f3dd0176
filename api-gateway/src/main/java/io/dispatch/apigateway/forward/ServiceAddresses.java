package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import java.net.URI;
import java.util.List;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the services are, and how much they are sent.
 *
 * @param eventManagerUrl base URLs of the replicas of event-manager, one or more
 * @param functionInvokerUrl base URLs of the replicas of function-invoker, one or more
 * @param driverManagerUrl base URLs of the replicas of driver-manager, one or more
 * @param maxBody the largest body of a request that is let through
 * @param maxFunction the largest body that describes a function, which may hold its source
 */
@ConfigurationProperties("dispatch.gateway")
record ServiceAddresses(
        @DefaultValue("http://127.0.0.1:8081") List<URI> eventManagerUrl,
        @DefaultValue("http://127.0.0.1:8083") List<URI> functionInvokerUrl,
        @DefaultValue("http://127.0.0.1:8082") List<URI> driverManagerUrl,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("12MB") DataSize maxFunction) {

    Replicas of(Owner owner) {
        return switch (owner) {
            case EVENT_MANAGER -> replicas("event-manager-url", eventManagerUrl);
            case FUNCTION_INVOKER -> replicas("function-invoker-url", functionInvokerUrl);
            case DRIVER_MANAGER -> replicas("driver-manager-url", driverManagerUrl);
            case GATEWAY -> throw new IllegalArgumentException("the gateway does not forward to itself");
        };
    }

    private static Replicas replicas(String setting, List<URI> urls) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "dispatch.gateway.%s must name an address, was empty".formatted(setting));
        }
        return new Replicas(urls.stream().map(HttpHost::create).toList());
    }
}
