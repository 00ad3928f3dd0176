package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.subscription.Subscription;
import io.dispatch.eventmanager.publication.Publication;
import io.dispatch.eventmanager.replay.Replays;
import io.dispatch.http.ApiException;
import io.dispatch.http.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes of subscriptions, each one transaction together with its publication. */
@Service
class Subscriptions {
    private final SubscriptionRepository repository;
    private final Publication publication;
    private final Replays replays;
    private final Clock clock;

    Subscriptions(SubscriptionRepository repository, Publication publication, Replays replays, Clock clock) {
        this.repository = repository;
        this.publication = publication;
        this.replays = replays;
        this.clock = clock;
    }

    /**
     * Makes a subscription, and what is to be replayed to it if it starts in the past.
     *
     * @throws ApiException 400 if its filters are none, 409 if the organization has one of this name, 422 if it starts in the
     *     future, 429 if it starts in the past and too many replays are under way
     * @throws DataIntegrityViolationException if somebody else made one of this name at the same time
     */
    @Transactional
    public SubscriptionEntity create(String organization, String name, Subscription wanted) {
        Explainer.parse(wanted.filters());
        Instant startTime = StartTime.of(wanted.startTime(), now());
        if (repository.existsByOrganizationAndNameAndDeletedFalse(organization, name)) {
            throw ApiException.alreadyExists(SubscriptionEntity.KIND, name);
        }
        SubscriptionEntity created = save(new SubscriptionEntity(organization, name, wanted, startTime, now()));
        if (startTime != null) {
            replays.startInThePast(organization, wanted, name, startTime);
        }
        return created;
    }

    @Transactional(readOnly = true)
    public List<SubscriptionEntity> list(String organization) {
        return repository.findByOrganizationAndDeletedFalseOrderByName(organization);
    }

    @Transactional(readOnly = true)
    public Optional<SubscriptionEntity> find(String organization, String name) {
        return repository.findByOrganizationAndNameAndDeletedFalse(organization, name);
    }

    /** What says the same as before leaves it as it was, version and time included. */
    @Transactional
    public SubscriptionEntity replace(String organization, String name, Subscription wanted, IfMatch ifMatch) {
        Explainer.parse(wanted.filters());
        SubscriptionEntity subscription = existing(organization, name, ifMatch);
        return subscription.replace(wanted, now()) ? save(subscription) : subscription;
    }

    @Transactional
    public SubscriptionEntity delete(String organization, String name, IfMatch ifMatch) {
        SubscriptionEntity subscription = existing(organization, name, ifMatch);
        subscription.delete(now());
        SubscriptionEntity deleted = save(subscription);
        replays.subscriptionDeleted(deleted.id());
        return deleted;
    }

    private SubscriptionEntity existing(String organization, String name, IfMatch ifMatch) {
        SubscriptionEntity subscription =
                find(organization, name).orElseThrow(() -> ApiException.notFound(SubscriptionEntity.KIND, name));
        ifMatch.check(SubscriptionEntity.KIND, name, subscription.version());
        return subscription;
    }

    private SubscriptionEntity save(SubscriptionEntity subscription) {
        SubscriptionEntity saved = repository.saveAndFlush(subscription);
        publication.publish(saved.id());
        return saved;
    }

    private Instant now() {
        return clock.instant();
    }
}
