package io.dispatch.eventmanager.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.eventlog.PublishedSubscriptions.Changes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionIndexTests {

    @ParameterizedTest
    @CsvSource({
        "order.paid, order.paid, true",
        "order.paid, order.Paid, false",
        "order.paid, order.paid.late, false",
        "order.*, order.paid, true",
        "order.*, order., true",
        "order.*, order, false",
        "*, anything, true",
        "*.paid, order.paid, true",
        "*.paid, order.paid.x, false",
        "com.*.paid, com.shop.eu.paid, true",
        "com.*.paid, com.paid, false",
        "a*a, a, false",
        "a*a, aa, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, acb, false",
        "a*bc*c, abc, false",
        "**, x, true",
    })
    void aWildcardStandsForAnyRunOfCharacters(String wanted, String type, boolean matches) {
        SubscriptionIndex index = index(1, subscription(1, "acme", wanted, State.ACTIVE));

        assertThat(index.match("acme", type)).isEqualTo(matches ? new long[] {1} : new long[] {});
    }

    @Test
    void everySubscriptionThatWantsAnEventIsFound() {
        SubscriptionIndex index = index(
                4,
                subscription(1, "acme", "a", State.ACTIVE),
                subscription(2, "acme", "a", State.PAUSED),
                subscription(3, "acme", "*", State.ACTIVE),
                subscription(4, "acme", "b", State.ACTIVE),
                subscription(5, "other", "a", State.ACTIVE));

        assertThat(index.match("acme", "a")).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(index.match("other", "a")).containsExactly(5);
        assertThat(index.match("nobody", "a")).isEmpty();
    }

    @Test
    void aStepChangesTheNextIndexAndNotTheOneBefore() {
        SubscriptionIndex before =
                index(2, subscription(1, "acme", "a", State.ACTIVE), subscription(2, "acme", "a", State.ACTIVE));

        SubscriptionIndex after = before.with(new Changes(
                4, List.of(subscription(1, "acme", "a", State.DELETED), subscription(2, "acme", "b", State.ACTIVE))));

        assertThat(before.version()).isEqualTo(2);
        assertThat(before.match("acme", "a")).containsExactlyInAnyOrder(1, 2);
        assertThat(after.version()).isEqualTo(4);
        assertThat(after.match("acme", "a")).isEmpty();
        assertThat(after.match("acme", "b")).containsExactly(2);
    }

    private static SubscriptionIndex index(long version, PublishedSubscription... subscriptions) {
        return SubscriptionIndex.empty().with(new Changes(version, List.of(subscriptions)));
    }

    private static PublishedSubscription subscription(long id, String organization, String eventType, State state) {
        return new PublishedSubscription(id, organization, "s" + id, 1, "user", eventType, "f", List.of(), null, state);
    }
}
