package io.dispatch.apigateway.route;

/** Who answers on a route. */
public enum Owner {
    EVENT_MANAGER("event-manager"),
    FUNCTION_INVOKER("function-invoker"),
    DRIVER_MANAGER("driver-manager"),
    GATEWAY("api-gateway");

    private final String service;

    Owner(String service) {
        this.service = service;
    }

    /** The service's name, which is the audience of the tokens it accepts. */
    public String service() {
        return service;
    }
}
