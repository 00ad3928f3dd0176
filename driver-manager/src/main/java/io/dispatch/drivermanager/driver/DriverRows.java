package io.dispatch.drivermanager.driver;

import io.dispatch.contracts.driver.ConfigEntry;
import io.dispatch.contracts.driver.Driver;
import io.dispatch.contracts.driver.DriverType;
import io.dispatch.drivermanager.credential.Credentials;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Drivers in the database; each method that writes is one transaction. */
@Component
class DriverRows {

    private final StoredDrivers stored;
    private final Credentials credentials;
    private final JsonMapper json;

    DriverRows(StoredDrivers stored, Credentials credentials, JsonMapper json) {
        this.stored = stored;
        this.credentials = credentials;
        this.json = json;
    }

    /** Of every organization: for the reconciler only. */
    List<StoredDriver> all() {
        return stored.findAll();
    }

    List<StoredDriver> all(String organization) {
        return stored.findByOrganizationOrderByName(organization);
    }

    Optional<StoredDriver> find(String organization, String name) {
        return stored.findByOrganizationAndName(organization, name);
    }

    StoredDriver save(StoredDriver driver) {
        return stored.save(driver);
    }

    /** Saves a driver that is to be deleted, and makes its token worthless. */
    @Transactional
    StoredDriver saveDeleting(StoredDriver driver) {
        credentials.revoke(driver.id());
        return stored.saveAndFlush(driver);
    }

    /** Deletes the row and, with it, its checkpoints. */
    void remove(StoredDriver driver) {
        stored.deleteById(driver.id());
    }

    Driver wanted(StoredDriver driver) {
        return json.readValue(driver.spec(), Driver.class);
    }

    /**
     * Sets what the client wants, without saving it.
     *
     * @param type the type that it names
     * @return false if that is what the driver is already; then nothing is set
     */
    boolean become(StoredDriver driver, Driver wanted, DriverType type, Instant now) {
        Driver next = wanted.desired(type.expose());
        if (driver.image().equals(type.image()) && wanted(driver).equals(next)) {
            return false;
        }
        driver.become(json.writeValueAsString(next), type.image(), now);
        return true;
    }

    /** {@code --key=value}, or {@code --key} without a value, in the order given. */
    static List<String> arguments(@Nullable List<ConfigEntry> config) {
        return config == null
                ? List.of()
                : config.stream().map(DriverRows::argument).toList();
    }

    private static String argument(ConfigEntry entry) {
        return entry.value() == null ? "--" + entry.key() : "--%s=%s".formatted(entry.key(), entry.value());
    }
}
