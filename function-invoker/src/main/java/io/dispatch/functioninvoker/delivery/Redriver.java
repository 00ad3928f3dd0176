package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.run.Redrive;
import io.dispatch.contracts.run.Redrive.Refusal;
import io.dispatch.functioninvoker.run.RunId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes deliveries of dead letters again: in bounded batches, each one transaction of one partition, so that a kill leaves each
 * dead letter either dead or owed. Safe for any thread.
 */
@Component
class Redriver {

    private static final int BATCH = 500;
    /** The most that one request moves. */
    static final int MOST = 10_000;

    private static final int SAMPLE = 10;
    private static final int MOST_REFUSALS = 1_000;

    private final Redrivable redrivable;
    private final Leases leases;
    private final Deliveries deliveries;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Redriver(
            Redrivable redrivable, Leases leases, Deliveries deliveries, TransactionTemplate transaction, Clock clock) {
        this.redrivable = redrivable;
        this.leases = leases;
        this.deliveries = deliveries;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What {@link #redrive} would do; changes nothing. */
    Redrive.Answer preview(DeadLetterSelection selection) {
        return new Redrive.Answer(redrivable.count(selection), redrivable.newest(selection, SAMPLE), null, null, null);
    }

    /** Tries again what a query finds, up to {@value #MOST}. */
    Redrive.Answer redrive(DeadLetterQuery query) {
        List<Refusal> refused = redrivable.refused(query, MOST_REFUSALS);
        List<RunId> found = redrivable.ids(query, MOST + 1);
        boolean more = found.size() > MOST;
        Set<RunId> taken = take(query.organization(), more ? found.subList(0, MOST) : found);
        return new Redrive.Answer(null, null, taken.size(), refused, more);
    }

    /** Tries again what is named. */
    Redrive.Answer redrive(String organization, List<UUID> ids) {
        Map<UUID, RunId> named = ids.stream()
                .distinct()
                .flatMap(id -> RunId.of(id).stream())
                .collect(Collectors.toMap(RunId::uuid, id -> id));
        List<RunId> wanted = List.copyOf(named.values());
        Map<UUID, Refusal> reasons = redrivable.refused(new DeadLetterIds(organization, wanted), MOST_REFUSALS).stream()
                .collect(Collectors.toMap(Refusal::id, refusal -> refusal));
        Set<RunId> taken = take(
                organization,
                wanted.stream().filter(id -> !reasons.containsKey(id.uuid())).toList());
        List<Refusal> refused = ids.stream()
                .distinct()
                .filter(id -> !named.containsKey(id) || !taken.contains(named.get(id)))
                .map(id -> reasons.getOrDefault(id, new Refusal(id, "there is no such dead letter")))
                .toList();
        return new Redrive.Answer(null, null, taken.size(), refused, false);
    }

    private Set<RunId> take(String organization, List<RunId> ids) {
        Map<Integer, List<RunId>> byPartition = ids.stream()
                .collect(Collectors.groupingBy(id -> id.position().partition(), TreeMap::new, Collectors.toList()));
        Set<RunId> taken = new HashSet<>();
        byPartition.forEach((partition, all) -> {
            for (int from = 0; from < all.size(); from += BATCH) {
                var batch = new DeadLetterIds(
                        organization, new ArrayList<>(all.subList(from, Math.min(all.size(), from + BATCH))));
                taken.addAll(take(partition, batch));
            }
        });
        return taken;
    }

    private List<RunId> take(int partition, DeadLetterIds batch) {
        List<DueRow> rows = transaction.execute(_ -> {
            leases.redriven(partition);
            List<DueRow> taken = redrivable.take(batch, clock.instant());
            deliveries.put(taken);
            return taken;
        });
        return rows == null ? List.of() : rows.stream().map(DueRow::id).toList();
    }
}
