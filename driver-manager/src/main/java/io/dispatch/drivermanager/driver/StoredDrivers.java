package io.dispatch.drivermanager.driver;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The rows of {@code driver_manager.driver}. */
interface StoredDrivers extends JpaRepository<StoredDriver, UUID> {

    Optional<StoredDriver> findByOrganizationAndName(String organization, String name);

    List<StoredDriver> findByOrganizationOrderByName(String organization);
}
