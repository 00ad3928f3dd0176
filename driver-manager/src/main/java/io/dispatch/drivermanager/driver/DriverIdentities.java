package io.dispatch.drivermanager.driver;

import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Which driver a caller means, and whether it may. */
@Component
public class DriverIdentities {

    private static final String SUBJECT = "driver:";

    private final DriverRegistry registry;

    DriverIdentities(DriverRegistry registry) {
        this.registry = registry;
    }

    /**
     * The id of a driver of the caller's organization. A caller that is a driver reaches itself only.
     *
     * @throws ApiException 404 if there is none, 403 for a driver that means another one
     */
    public UUID reachedBy(Caller caller, String name) {
        boolean isDriver = caller.subject().startsWith(SUBJECT);
        UUID id = registry.get(caller.organization(), name).id();
        if (isDriver && !caller.subject().equals(SUBJECT + id)) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "a driver may only reach its own checkpoints");
        }
        return id;
    }
}
