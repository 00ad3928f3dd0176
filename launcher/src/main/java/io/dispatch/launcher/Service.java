package io.dispatch.launcher;

import io.dispatch.database.ServiceRole;

/** The four services, in the order in which they are started. */
enum Service {
    EVENT_MANAGER("event-manager", ServiceRole.EVENT_MANAGER),
    FUNCTION_INVOKER("function-invoker", ServiceRole.FUNCTION_INVOKER),
    DRIVER_MANAGER("driver-manager", ServiceRole.DRIVER_MANAGER),
    API_GATEWAY("api-gateway", ServiceRole.API_GATEWAY);

    private final String moduleName;
    private final ServiceRole role;

    Service(String moduleName, ServiceRole role) {
        this.moduleName = moduleName;
        this.role = role;
    }

    /** Name of the module, the jar, the log file and the workload. */
    String moduleName() {
        return moduleName;
    }

    /** As whom it enters the database. */
    ServiceRole role() {
        return role;
    }
}
