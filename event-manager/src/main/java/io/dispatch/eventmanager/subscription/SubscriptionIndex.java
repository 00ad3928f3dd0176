package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscriptions.Changes;
import io.dispatch.eventmanager.filter.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All subscriptions at one version, by organization. Immutable, so that a whole group of events is matched against one state. */
public final class SubscriptionIndex {
    private static final long[] NONE = {};

    private final long version;
    private final Map<String, OrganizationIndex> organizations;

    private SubscriptionIndex(long version, Map<String, OrganizationIndex> organizations) {
        this.version = version;
        this.organizations = organizations;
    }

    /** What is known before anything was read: no subscriptions, at version 0. */
    public static SubscriptionIndex empty() {
        return new SubscriptionIndex(0, Map.of());
    }

    /**
     * The index after a step; organizations without a change are shared with this one. Subscriptions of replays are not in it, as
     * they get what is replayed and nothing else.
     */
    public SubscriptionIndex with(Changes changes) {
        Map<String, OrganizationIndex> next = new HashMap<>(organizations);
        Map<String, List<PublishedSubscription>> changed = changes.subscriptions().stream()
                .filter(subscription -> subscription.kind().equals(PublishedSubscription.USER))
                .collect(Collectors.groupingBy(PublishedSubscription::organization));
        changed.forEach((organization, subscriptions) -> next.put(
                organization,
                next.getOrDefault(organization, OrganizationIndex.empty()).with(subscriptions)));
        return new SubscriptionIndex(changes.version(), next);
    }

    /** The version of the subscriptions that this is. */
    public long version() {
        return version;
    }

    /** Ids of the organization's subscriptions that want an event, in no order; never to be written to. */
    public long[] match(String organization, Event event) {
        OrganizationIndex index = organizations.get(organization);
        return index == null ? NONE : index.match(new Candidate(event));
    }
}
