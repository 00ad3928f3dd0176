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
 * @param entries the events that are kept
 */
record Matched(List<Fate> fates, List<NewEntry> entries) {

    /** @param keepingAll organizations that keep all events */
    static Matched of(List<Request> group, SubscriptionIndex index, Set<String> keepingAll) {
        List<Fate> fates = new ArrayList<>();
        List<NewEntry> entries = new ArrayList<>();
        for (Request request : group) {
            boolean all = !keepingAll.isEmpty() && keepingAll.contains(request.organization());
            for (Event event : request.events()) {
                long[] subscriptions = index.match(request.organization(), event);
                boolean kept = all || subscriptions.length > 0;
                fates.add(new Fate(subscriptions.length, kept));
                if (kept) {
                    entries.add(new NewEntry(request.organization(), subscriptions, event));
                }
            }
        }
        return new Matched(fates, entries);
    }

    /**
     * Completes the outcome of each request.
     *
     * @param positions where the events that are kept stand
     */
    void complete(List<Request> group, List<Position> positions) {
        Iterator<Fate> fate = fates.iterator();
        Iterator<Position> position = positions.iterator();
        for (Request request : group) {
            List<Acceptance> acceptances = new ArrayList<>(request.events().size());
            for (int i = 0; i < request.events().size(); i++) {
                Fate one = fate.next();
                acceptances.add(new Acceptance(one.matched(), one.kept() ? position.next() : null));
            }
            request.outcome().complete(acceptances);
        }
    }

    /** @param matched how many subscriptions an event matched */
    record Fate(int matched, boolean kept) {}
}
