package io.dispatch.functioninvoker.delivery;

import java.util.Comparator;
import java.util.List;

/**
 * How many partitions each owner is to have. All owners work it out from the same table, so they need not agree on anything.
 *
 * <p>Shares differ by one at most, and who has more already gets the larger ones: where the partitions are shared fairly, each
 * has its share and nothing moves.
 */
final class FairShare {

    private FairShare() {}

    /**
     * An owner that lives.
     *
     * @param number see {@link io.dispatch.functioninvoker.owner.Owner#number}
     * @param held how many partitions it has, 0 or more
     */
    record Holding(long number, int held) {}

    /**
     * The share of one owner.
     *
     * @param me one of {@code living}; 0 is answered for one that is not
     * @param living in any order
     * @param partitions in all, 0 or more
     */
    static int of(long me, List<Holding> living, int partitions) {
        List<Long> ranked = living.stream()
                .sorted(Comparator.comparingInt(Holding::held).reversed().thenComparingLong(Holding::number))
                .map(Holding::number)
                .toList();
        int rank = ranked.indexOf(me);
        if (rank < 0) {
            return 0;
        }
        return partitions / ranked.size() + (rank < partitions % ranked.size() ? 1 : 0);
    }
}
