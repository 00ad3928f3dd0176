package io.dispatch.apigateway.route;

/** Who may use a route. */
public enum Access {
    /** Anybody, without a credential. */
    OPEN,
    /** Whoever proves who they are; no policy is asked. */
    AUTHENTICATED,
    /** Whom a policy allows the method's action on the route's resource, in the organization that the request names. */
    POLICY,
    /** As {@link #POLICY}, and the driver that the path names with its own token. */
    POLICY_OR_OWN_DRIVER,
    /** A driver with its token, and nobody else; the organization is the driver's. */
    DRIVER
}
