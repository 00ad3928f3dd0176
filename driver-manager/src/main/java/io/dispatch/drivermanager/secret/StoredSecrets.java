package io.dispatch.drivermanager.secret;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The rows of {@code vault.secret}. */
interface StoredSecrets extends JpaRepository<StoredSecret, UUID> {

    Optional<StoredSecret> findByOrganizationAndName(String organization, String name);

    List<StoredSecret> findByOrganizationOrderByName(String organization);
}
