package io.dispatch.eventmanager.subscription;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Subscriptions that are not deleted. */
interface SubscriptionRepository extends Repository<SubscriptionEntity, Long> {

    SubscriptionEntity saveAndFlush(SubscriptionEntity subscription);

    Optional<SubscriptionEntity> findByOrganizationAndNameAndDeletedFalse(String organization, String name);

    List<SubscriptionEntity> findByOrganizationAndDeletedFalseOrderByName(String organization);

    boolean existsByOrganizationAndNameAndDeletedFalse(String organization, String name);
}
