package io.dispatch.apigateway.iam;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/** Organizations by name. */
interface OrganizationRepository extends ListCrudRepository<OrganizationEntity, UUID> {

    List<OrganizationEntity> findAllByOrderByName();

    Optional<OrganizationEntity> findByName(String name);
}
