package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.Leases.Progress;
import io.dispatch.functioninvoker.run.Runs;
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
     * Writes a batch in one transaction. Writing the same batch again changes nothing, so it may be tried again when the outcome
     * of a commit is unknown.
     *
     * @param publish whether to publish the lowest offset still needed
     * @throws PartitionsLost if one of the partitions is not ours any more; nothing was written
     */
    void write(SettleBatch batch, boolean publish) {
        transaction.executeWithoutResult(_ -> {
            Set<Integer> ours = leases.fence(batch.progress());
            if (ours.size() < batch.progress().size()) {
                throw new PartitionsLost(batch.progress().stream()
                        .map(Progress::partition)
                        .filter(partition -> !ours.contains(partition))
                        .collect(Collectors.toSet()));
            }
            runs.add(batch.runs());
            deliveries.put(List.copyOf(batch.put()));
            deliveries.remove(List.copyOf(batch.remove()));
            deadLetters.add(batch.dead());
            deadLetters.addAgain(batch.deadAgain());
            deadLetters.remove(batch.revived());
            if (publish) {
                leases.publish(ours);
            }
        });
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
