package io.dispatch.driver;

import java.util.Map;

/**
 * Who a driver is on the platform.
 *
 * @param id never reused; run stand-alone it is made of organization and name
 * @param name unique in the organization; run stand-alone it is the kind of driver
 * @param organization the tenant; {@code dispatch} when run stand-alone
 */
public record DriverIdentity(String id, String name, String organization) {

    static DriverIdentity from(Map<String, String> environment, String kind) {
        String organization = environment.getOrDefault("DISPATCH_ORGANIZATION", "dispatch");
        String name = environment.getOrDefault("DISPATCH_DRIVER_NAME", kind);
        String id = environment.getOrDefault("DISPATCH_DRIVER_ID", organization + "/" + name);
        return new DriverIdentity(id, name, organization);
    }

    /** The stable CloudEvents {@code source} of this driver: {@code /dispatch/drivers/<organization>/<name>}. */
    public String source() {
        return "/dispatch/drivers/" + organization + "/" + name;
    }
}
