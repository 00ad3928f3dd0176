package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.Tag;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.subscription.DeliverySpec;
import io.dispatch.contracts.subscription.Subscription;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code event_manager.subscription}. */
@Entity
@Table(schema = "event_manager", name = "subscription")
class SubscriptionEntity {
    static final String KIND = "subscription";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "subscription_id")
    @SequenceGenerator(
            name = "subscription_id",
            schema = "event_manager",
            sequenceName = "subscription_id",
            allocationSize = 1)
    private @Nullable Long id;

    @SuppressWarnings("UnusedVariable") // for queries
    private String organization;

    private String name;

    @Version
    private long version = 1;

    private String eventType;

    @Convert(converter = FiltersText.class)
    private @Nullable List<RawJson> filters;

    private String function;
    private @Nullable List<String> secrets;

    @Convert(converter = DeliveryText.class)
    private @Nullable DeliverySpec delivery;

    private @Nullable Boolean paused;

    @Convert(converter = TagsText.class)
    private @Nullable List<Tag> tags;

    private @Nullable Instant startTime;

    @SuppressWarnings("UnusedVariable") // for queries
    private boolean deleted;

    private Instant createdAt;
    private Instant modifiedAt;

    /** For Hibernate, which fills the fields before anybody sees them. */
    @SuppressWarnings("NullAway.Init")
    protected SubscriptionEntity() {}

    SubscriptionEntity(
            String organization, String name, Subscription wanted, @Nullable Instant startTime, Instant now) {
        this.organization = organization;
        this.name = name;
        this.eventType = wanted.eventType();
        this.filters = wanted.filters();
        this.function = wanted.function();
        this.secrets = wanted.secrets();
        this.delivery = wanted.delivery();
        this.paused = wanted.paused();
        this.tags = Tag.distinct(wanted.tags());
        this.startTime = startTime;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    /**
     * Replaces all that a client may say, aside from the name and from the start, which is over.
     *
     * @return false if that says the same as before; then nothing is changed
     */
    boolean replace(Subscription wanted, Instant now) {
        if (eventType.equals(wanted.eventType())
                && Objects.equals(filters, wanted.filters())
                && function.equals(wanted.function())
                && Objects.equals(secrets, wanted.secrets())
                && Objects.equals(delivery, wanted.delivery())
                && Objects.equals(paused, wanted.paused())
                && Objects.equals(tags, Tag.distinct(wanted.tags()))) {
            return false;
        }
        eventType = wanted.eventType();
        filters = wanted.filters();
        function = wanted.function();
        secrets = wanted.secrets();
        delivery = wanted.delivery();
        paused = wanted.paused();
        tags = Tag.distinct(wanted.tags());
        modifiedAt = now;
        return true;
    }

    /** The row stays: what is owed to the subscription ends with that reason, and a new one of its name is another. */
    void delete(Instant now) {
        deleted = true;
        modifiedAt = now;
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("subscription " + name + " has not been saved");
        }
        return id;
    }

    long version() {
        return version;
    }

    String name() {
        return name;
    }

    @Nullable
    List<Tag> tags() {
        return tags;
    }

    String eventType() {
        return eventType;
    }

    @Nullable
    List<RawJson> filters() {
        return filters;
    }

    Subscription toWire(Status status) {
        return new Subscription(
                UnixSeconds.of(createdAt),
                delivery,
                eventType,
                filters,
                function,
                null,
                "Subscription",
                UnixSeconds.of(modifiedAt),
                name,
                paused,
                secrets,
                startTime == null ? null : startTime.getEpochSecond(),
                status,
                tags);
    }
}
