package io.dispatch.apigateway.door;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.JavaInfo;
import org.springframework.boot.info.OsInfo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs here, in the fields of the original. */
@Tag(name = "platform")
@RestController
class BuildVersion {

    private final Version version;

    BuildVersion(Optional<BuildProperties> build) {
        OsInfo system = new OsInfo();
        this.version = new Version(
                build.map(BuildProperties::getVersion).orElse("development"),
                build.map(properties -> properties.get("commit")).orElse("unknown"),
                build.map(BuildProperties::getTime).map(Object::toString).orElse("unknown"),
                new JavaInfo().getVersion(),
                (system.getName() + "/" + system.getArch()).toLowerCase(Locale.ROOT));
    }

    @Operation(operationId = "getVersion", summary = "Say which version this is")
    @GetMapping("/v1/version")
    Version get() {
        return version;
    }

    /**
     * A build.
     *
     * @param version of the product
     * @param commit it was built from
     * @param buildDate RFC 3339
     * @param javaVersion it runs on
     * @param platform operating system and architecture
     */
    record Version(String version, String commit, String buildDate, String javaVersion, String platform) {}
}
