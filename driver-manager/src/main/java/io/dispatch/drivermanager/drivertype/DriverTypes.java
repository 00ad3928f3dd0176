package io.dispatch.drivermanager.drivertype;

import io.dispatch.contracts.driver.DriverType;
import io.dispatch.http.ApiException;
import io.dispatch.http.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes, changes and deletes driver types; each act is one transaction. */
@Component
public class DriverTypes {

    private static final String KIND = "event driver type";

    private final StoredDriverTypes stored;
    private final JsonMapper json;
    private final Clock clock;

    DriverTypes(StoredDriverTypes stored, JsonMapper json, Clock clock) {
        this.stored = stored;
        this.json = json;
        this.clock = clock;
    }

    /** What a driver of that type runs, if there is such a type in the organization. */
    public Optional<DriverType> find(String organization, String name) {
        return stored.findByOrganizationAndName(organization, name).map(this::wanted);
    }

    /** @throws ApiException 409 if there is one of that name */
    StoredDriverType create(String organization, DriverType wanted) {
        if (stored.findByOrganizationAndName(organization, wanted.name()).isPresent()) {
            throw ApiException.alreadyExists(KIND, wanted.name());
        }
        try {
            return stored.save(
                    new StoredDriverType(UUID.randomUUID(), organization, wanted.name(), written(wanted), now()));
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, wanted.name(), e);
        }
    }

    List<StoredDriverType> all(String organization) {
        return stored.findByOrganizationOrderByName(organization);
    }

    /** @throws ApiException 404 if there is none */
    StoredDriverType get(String organization, String name) {
        return stored.findByOrganizationAndName(organization, name)
                .orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    /**
     * Replaces it; its drivers keep what they run until they are replaced themselves. What says the same as before leaves it
     * as it was, version and time included.
     *
     * @throws ApiException 400 for another name, 404 if there is none, 412 if it has changed
     */
    StoredDriverType update(String organization, String name, IfMatch ifMatch, DriverType wanted) {
        StoredDriverType type = get(organization, name);
        ifMatch.check(KIND, name, type.version());
        if (!wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body must be %s as in the path, but was %s: a driver type cannot be renamed"
                            .formatted(name, wanted.name()));
        }
        if (wanted(type).equals(wanted.desired())) {
            return type;
        }
        type.become(written(wanted), now());
        return stored.save(type);
    }

    /**
     * Deletes it; its drivers run on.
     *
     * @throws ApiException 404 if there is none, 412 if it has changed
     */
    StoredDriverType delete(String organization, String name, IfMatch ifMatch) {
        StoredDriverType type = get(organization, name);
        ifMatch.check(KIND, name, type.version());
        stored.delete(type);
        return type;
    }

    DriverType wanted(StoredDriverType type) {
        return json.readValue(type.spec(), DriverType.class);
    }

    private String written(DriverType wanted) {
        return json.writeValueAsString(wanted.desired());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
