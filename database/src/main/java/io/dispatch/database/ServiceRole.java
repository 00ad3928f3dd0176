package io.dispatch.database;

/** The database roles, one per service; {@code database.sql} makes them. */
public enum ServiceRole {
    EVENT_MANAGER("event_manager"),
    FUNCTION_INVOKER("function_invoker"),
    DRIVER_MANAGER("driver_manager"),
    API_GATEWAY("api_gateway");

    private final String roleName;

    ServiceRole(String roleName) {
        this.roleName = roleName;
    }

    /** The role's name in the database, which is also the name of the service's private schema. */
    public String roleName() {
        return roleName;
    }
}
