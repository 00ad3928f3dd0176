package io.dispatch.eventlog;

import java.util.List;

/** What became of a group of events that was to be appended. */
public sealed interface AppendResult {

    /**
     * All are on disk.
     *
     * @param positions one for each event, in the order given
     */
    record Appended(List<Position> positions) implements AppendResult {}

    /**
     * None is: subscriptions have changed since the group was matched, so match again.
     *
     * @param version the version there is now, or an earlier one that is newer than that of the group
     */
    record SubscriptionsChanged(long version) implements AppendResult {}
}
