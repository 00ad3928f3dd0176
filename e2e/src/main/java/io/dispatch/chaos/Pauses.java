package io.dispatch.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How long nothing was accepted, and nobody called, because something was disturbed. */
final class Pauses {

    private final Journal journal;
    private final long[] accepted;
    private final long[] called;

    Pauses(Journal journal) {
        this.journal = journal;
        accepted =
                sorted(journal.emissions().stream().filter(Emission::isAccepted).mapToLong(Emission::answeredAt));
        called = sorted(journal.calls().stream().mapToLong(Call::began));
    }

    private static long[] sorted(LongStream times) {
        return times.sorted().toArray();
    }

    /** A line for each disturbance. */
    List<String> byDisturbance() {
        return journal.disturbances().stream()
                .map(disturbance -> "%s: ingest closed for %.1f s, delivery silent for %.1f s"
                        .formatted(
                                disturbance, longest(accepted, disturbance) / 1e9, longest(called, disturbance) / 1e9))
                .toList();
    }

    /** The longest time between two of these, the later of which is not before the disturbance and the earlier not after it. */
    private static long longest(long[] times, Disturbance disturbance) {
        int next = first(times, disturbance.from());
        long last = next == 0 ? disturbance.from() : times[next - 1];
        long longest = 0;
        while (next < times.length && last <= disturbance.to()) {
            longest = Math.max(longest, times[next] - last);
            last = times[next];
            next++;
        }
        return longest;
    }

    /** Of the first that is not before this time. */
    private static int first(long[] times, long time) {
        int found = Arrays.binarySearch(times, time);
        return found < 0 ? -found - 1 : found;
    }

    /** Emissions that were not accepted although they were sent when another replica had to do the work of one that was killed. */
    List<String> refusedBesideAnother() {
        List<Disturbance> kills = journal.disturbances().stream()
                .filter(Disturbance::leavesAnother)
                .toList();
        return journal.emissions().stream()
                .filter(emission -> !emission.isAccepted())
                .filter(emission -> kills.stream()
                        .anyMatch(kill -> kill.from() + Rules.TAKEN_OVER_WITHIN.toNanos() <= emission.sentAt()
                                && emission.sentAt() <= kill.to()))
                .map(Emission::line)
                .toList();
    }
}
