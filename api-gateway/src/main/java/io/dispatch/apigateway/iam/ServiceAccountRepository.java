package io.dispatch.apigateway.iam;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/** Service accounts by organization and name. */
interface ServiceAccountRepository extends ListCrudRepository<ServiceAccountEntity, UUID> {

    List<ServiceAccountEntity> findAllByOrganizationOrderByName(String organization);

    Optional<ServiceAccountEntity> findByOrganizationAndName(String organization, String name);
}
