package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventmanager.subscription.SubscriptionIndex;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A group of requests after matching: those events are kept that somebody wants, or whose organization keeps all.
 *
 * @param fates for each event of the group, what is to become of it
 * @param entries the events that are to be appended
 */
record Matched(List<Fate> fates, List<NewEntry> entries) {

    /** What is to become of an event. */
    sealed interface Fate {

        /** What has become of it, once the entries stand at these positions. */
        Acceptance acceptance(List<Position> positions);
    }

    /** Nobody wants it. */
    record Dropped() implements Fate {
        @Override
        public Acceptance acceptance(List<Position> positions) {
            return new Acceptance(0, null, false);
        }
    }

    /**
     * It is one of the entries.
     *
     * @param place which one, from 0
     * @param duplicate whether the entry is an earlier event of the group that this one repeats
     */
    record Kept(int matched, int place, boolean duplicate) implements Fate {
        @Override
        public Acceptance acceptance(List<Position> positions) {
            return new Acceptance(matched, positions.get(place), duplicate);
        }
    }

    /** It repeats one that was kept before. */
    record Repeated(Acceptance first) implements Fate {
        @Override
        public Acceptance acceptance(List<Position> positions) {
            return first;
        }
    }

    /** @param keepingAll organizations that keep all events */
    static Matched of(List<Request> group, SubscriptionIndex index, Set<String> keepingAll) {
        List<Fate> fates = new ArrayList<>();
        List<NewEntry> entries = new ArrayList<>();
        for (Request request : group) {
            boolean all = !keepingAll.isEmpty() && keepingAll.contains(request.organization());
            for (Event event : request.events()) {
                long[] subscriptions = index.match(request.organization(), event);
                if (all || subscriptions.length > 0) {
                    fates.add(new Kept(subscriptions.length, entries.size(), false));
                    entries.add(new NewEntry(request.organization(), subscriptions, event));
                } else {
                    fates.add(new Dropped());
                }
            }
        }
        return new Matched(fates, entries);
    }

    /**
     * Completes the outcome of each request.
     *
     * @param positions where the entries stand
     */
    void complete(List<Request> group, List<Position> positions) {
        Iterator<Fate> fate = fates.iterator();
        for (Request request : group) {
            List<Acceptance> acceptances = new ArrayList<>(request.events().size());
            for (int i = 0; i < request.events().size(); i++) {
                acceptances.add(fate.next().acceptance(positions));
            }
            request.outcome().complete(acceptances);
        }
    }
}
