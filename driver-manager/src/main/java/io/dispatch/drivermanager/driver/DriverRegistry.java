package io.dispatch.drivermanager.driver;

import io.dispatch.contracts.driver.Driver;
import io.dispatch.contracts.driver.DriverType;
import io.dispatch.drivermanager.drivertype.DriverTypes;
import io.dispatch.http.ApiException;
import io.dispatch.http.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes drivers as a client wants them; the {@link Reconciler} then makes them so. */
@Component
class DriverRegistry {

    static final String KIND = "event driver";

    private final DriverRows rows;
    private final DriverTypes types;
    private final SecretEnvironment secrets;
    private final Reconciler reconciler;
    private final Clock clock;

    DriverRegistry(DriverRows rows, DriverTypes types, SecretEnvironment secrets, Reconciler reconciler, Clock clock) {
        this.rows = rows;
        this.types = types;
        this.secrets = secrets;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /** @throws ApiException 400 for a type that is not there or secrets that cannot be variables, 409 for a name taken */
    StoredDriver create(String organization, Driver wanted) {
        if (rows.find(organization, wanted.name()).isPresent()) {
            throw ApiException.alreadyExists(KIND, wanted.name());
        }
        var driver = new StoredDriver(UUID.randomUUID(), organization, wanted.name(), now());
        rows.become(driver, wanted, type(organization, wanted), now());
        try {
            return woken(rows.save(driver));
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, wanted.name(), e);
        }
    }

    List<StoredDriver> all(String organization) {
        return rows.all(organization);
    }

    /** @throws ApiException 404 if there is none */
    StoredDriver get(String organization, String name) {
        return rows.find(organization, name).orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    /**
     * Replaces it, with the image that its type names now. What comes to the same as before leaves it as it was, version and
     * time included.
     *
     * @throws ApiException 400 as for a new one, for another name, or while it is being deleted; 404 if there is none; 412 if
     *     it has changed
     */
    StoredDriver update(String organization, String name, IfMatch ifMatch, Driver wanted) {
        StoredDriver driver = present(organization, name, ifMatch);
        if (!wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body must be %s as in the path, but was %s: a driver cannot be renamed"
                            .formatted(name, wanted.name()));
        }
        return rows.become(driver, wanted, type(organization, wanted), now()) ? woken(rows.save(driver)) : driver;
    }

    /**
     * Makes its token worthless at once; its process is then stopped, and the row goes last.
     *
     * @throws ApiException 400 while it is being deleted, 404 if there is none, 412 if it has changed
     */
    StoredDriver delete(String organization, String name, IfMatch ifMatch) {
        StoredDriver driver = present(organization, name, ifMatch);
        driver.delete(now());
        return woken(rows.saveDeleting(driver));
    }

    private StoredDriver present(String organization, String name, IfMatch ifMatch) {
        StoredDriver driver = get(organization, name);
        if (driver.isDeleting()) {
            throw ApiException.badRequest("event driver %s is being deleted".formatted(name));
        }
        ifMatch.check(KIND, name, driver.version());
        return driver;
    }

    /** The type that it names, if its secrets can be variables too. */
    private DriverType type(String organization, Driver wanted) {
        DriverType type = types.find(organization, wanted.type())
                .orElseThrow(() -> refused(wanted, "driver type %s does not exist".formatted(wanted.type())));
        if (secrets.read(organization, wanted.secrets()) instanceof SecretEnvironment.Outcome.Refused refused) {
            throw refused(wanted, refused.rule());
        }
        return type;
    }

    private static ApiException refused(Driver wanted, String rule) {
        return ApiException.badRequest(
                "bad request when processing event driver %s: %s".formatted(wanted.name(), rule));
    }

    private StoredDriver woken(StoredDriver driver) {
        reconciler.wake();
        return driver;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
