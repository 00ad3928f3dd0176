package io.dispatch.drivermanager.runtime;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What should run. Two that are equal run the same; a driver whose spec is another is started again.
 *
 * @param id of the driver
 * @param organization whose it is
 * @param name of the driver
 * @param type of the driver
 * @param image what it runs, with or without registry, tag and digest; may be empty
 * @param arguments {@code --key=value} or {@code --key}
 * @param secrets the values of its secrets by environment variable
 */
public record DriverSpec(
        UUID id,
        String organization,
        String name,
        String type,
        String image,
        List<String> arguments,
        Map<String, String> secrets) {

    public DriverSpec {
        arguments = List.copyOf(arguments);
        secrets = Map.copyOf(secrets);
    }

    /** Without arguments and secrets. */
    @Override
    public String toString() {
        return "DriverSpec[%s/%s, %s]".formatted(organization, name, image);
    }
}
