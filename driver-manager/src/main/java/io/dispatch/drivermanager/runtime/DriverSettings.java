package io.dispatch.drivermanager.runtime;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code dispatch.drivers.*}.
 *
 * @param folder where the bundled drivers are, each in a folder of its own with a {@code driver.properties}
 * @param workFolder for the drivers' logs, token files and process records; for this service only
 * @param gatewayUrl where drivers send their events, without a path
 */
@ConfigurationProperties("dispatch.drivers")
record DriverSettings(Path folder, Path workFolder, URI gatewayUrl) {

    DriverSettings {
        folder = folder.toAbsolutePath().normalize();
        workFolder = workFolder.toAbsolutePath().normalize();
        if (!gatewayUrl.isAbsolute() || gatewayUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "dispatch.drivers.gateway-url must be an absolute URL, was '%s'".formatted(gatewayUrl));
        }
    }

    /** A path of the gateway's. */
    String gateway(String path) {
        return gatewayUrl.toString().replaceFirst("/+$", "") + path;
    }
}
