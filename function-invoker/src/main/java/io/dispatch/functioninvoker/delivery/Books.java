package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.Deliveries.HeldKey;
import io.dispatch.functioninvoker.delivery.Leases.Acquired;
import io.dispatch.functioninvoker.delivery.Leases.Progress;
import io.dispatch.functioninvoker.run.RunId;
import io.dispatch.functioninvoker.run.Runs;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what was settled: all of a batch or nothing, and nothing for a partition that somebody else has. */
@Component
class Books {

    private final Leases leases;
    private final Runs runs;
    private final Deliveries deliveries;
    private final DeadLetters deadLetters;
    private final TransactionTemplate transaction;

    Books(Leases leases, Runs runs, Deliveries deliveries, DeadLetters deadLetters, TransactionTemplate transaction) {
        this.leases = leases;
        this.runs = runs;
        this.deliveries = deliveries;
        this.deadLetters = deadLetters;
        this.transaction = transaction;
    }

    /**
     * Writes a batch in one transaction. When that fails, it may be tried again, also if the outcome of the commit is unknown:
     * what is written already stays as it is.
     *
     * @param publish whether to publish the lowest offset still needed
     * @param again whether this batch, or a part of it, was tried before
     * @return the rows whose turn has come, by their key
     * @throws PartitionsLost if one of the partitions is not ours any more; nothing was written
     */
    List<DueRow> write(SettleBatch batch, boolean publish, boolean again) {
        List<DueRow> released = transaction.execute(_ -> {
            Set<Integer> ours = fence(batch.progress());
            runs.add(batch.runs(), again);
            deliveries.put(List.copyOf(batch.put()));
            deliveries.remove(List.copyOf(batch.remove()));
            deadLetters.add(batch.dead());
            deadLetters.addAgain(batch.deadAgain());
            deadLetters.remove(batch.revived());
            List<DueRow> due = deliveries.release(batch.releases(), batch.now());
            if (publish) {
                leases.publish(ours);
            }
            return due;
        });
        return released == null ? List.of() : released;
    }

    /**
     * Takes over what the owner before us has written of a partition: rows that were parked and whose events are read again
     * are forgotten, and of each other key the first row is due.
     *
     * @return the deliveries at or beyond the offset that need not be made from the log, with attempt 0
     * @throws PartitionsLost if the partition is not ours any more; nothing was written
     */
    Set<RunId> takeOver(Acquired acquired, Instant now) {
        int partition = acquired.partition();
        long offset = acquired.nextOffset();
        Set<RunId> settled = transaction.execute(_ -> {
            var _ = fence(List.of(new Progress(partition, acquired.epoch(), offset)));
            deliveries.forgetParked(partition, offset);
            var _ = deliveries.release(
                    deliveries.held(partition).stream().map(HeldKey::of).toList(), now);
            Set<RunId> found = new HashSet<>(runs.settled(partition, offset));
            found.addAll(deliveries.ahead(partition, offset));
            found.addAll(deadLetters.ahead(partition, offset));
            return found;
        });
        return settled == null ? Set.of() : settled;
    }

    private Set<Integer> fence(List<Progress> progress) {
        Set<Integer> ours = leases.fence(progress);
        if (ours.size() < progress.size()) {
            throw new PartitionsLost(progress.stream()
                    .map(Progress::partition)
                    .filter(partition -> !ours.contains(partition))
                    .collect(Collectors.toSet()));
        }
        return ours;
    }

    /** Somebody else has taken partitions over. */
    static final class PartitionsLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Set<Integer> partitions;

        PartitionsLost(Set<Integer> partitions) {
            super("somebody else has the partitions " + partitions);
            this.partitions = partitions;
        }

        Set<Integer> partitions() {
            return partitions;
        }
    }
}
