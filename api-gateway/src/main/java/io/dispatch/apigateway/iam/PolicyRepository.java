package io.dispatch.apigateway.iam;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/** Policies by organization and name. */
interface PolicyRepository extends ListCrudRepository<PolicyEntity, UUID> {

    List<PolicyEntity> findAllByOrganizationOrderByName(String organization);

    Optional<PolicyEntity> findByOrganizationAndName(String organization, String name);
}
