package io.dispatch.drivermanager.drivertype;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The rows of {@code driver_manager.driver_type}. */
interface StoredDriverTypes extends JpaRepository<StoredDriverType, UUID> {

    Optional<StoredDriverType> findByOrganizationAndName(String organization, String name);

    List<StoredDriverType> findByOrganizationOrderByName(String organization);
}
