package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.DeadLetters.NewlyDead;
import io.dispatch.functioninvoker.delivery.Leases.Progress;
import io.dispatch.functioninvoker.delivery.Settlement.Attempted;
import io.dispatch.functioninvoker.delivery.Settlement.Left;
import io.dispatch.functioninvoker.run.RunId;
import io.dispatch.functioninvoker.run.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * All that one settling transaction writes.
 *
 * @param progress of the partitions concerned; each must still be ours
 * @param runs that are over
 * @param put deliveries that are owed, as rows
 * @param remove rows of deliveries that are owed no more
 * @param dead new dead letters
 * @param deadAgain those that were redriven in vain
 * @param revived those that were redriven and are done
 * @param releases keys whose first parked row is due now
 * @param now when all this is
 */
record SettleBatch(
        List<Progress> progress,
        List<RunRecord> runs,
        Collection<DueRow> put,
        SequencedSet<RunId> remove,
        List<NewlyDead> dead,
        List<NewlyDead> deadAgain,
        List<RunId> revived,
        List<Release> releases,
        Instant now) {

    static SettleBatch of(List<Progress> progress, List<Settlement> settlements, List<Release> releases, Instant now) {
        List<RunRecord> runs = new ArrayList<>();
        Map<RunId, DueRow> put = new LinkedHashMap<>();
        SequencedSet<RunId> remove = new LinkedHashSet<>();
        List<NewlyDead> dead = new ArrayList<>();
        List<NewlyDead> deadAgain = new ArrayList<>();
        List<RunId> revived = new ArrayList<>();
        for (Settlement settlement : settlements) {
            Delivery delivery = settlement.delivery();
            RunId id = delivery.id();
            switch (settlement) {
                case Left left -> put.put(id, delivery.row().again(left.dueAt()));
                case Attempted attempted -> {
                    Attempt attempt = attempted.attempt();
                    if (attempt.run() != null) {
                        runs.add(attempt.run());
                    }
                    switch (attempt.outcome()) {
                        case Outcome.RetryAt(Instant at, String reason) ->
                            put.put(id, delivery.row().after(at, attempt.made(), attempt.firstAt(), reason));
                        case Outcome.GiveUp(String reason) -> {
                            (delivery.row().redriven() ? deadAgain : dead)
                                    .add(new NewlyDead(id, now, attempt.made(), reason, attempt.last()));
                            done(delivery, put, remove);
                        }
                        case Outcome.Succeeded _ -> {
                            if (delivery.row().redriven()) {
                                revived.add(id);
                            }
                            done(delivery, put, remove);
                        }
                    }
                }
            }
        }
        return new SettleBatch(progress, runs, put.values(), remove, dead, deadAgain, revived, releases, now);
    }

    private static void done(Delivery delivery, Map<RunId, DueRow> put, SequencedSet<RunId> remove) {
        boolean written = put.remove(delivery.id()) == null && delivery.stored;
        if (written) {
            remove.add(delivery.id());
        }
    }
}
