package io.dispatch.chaos;

import java.util.List;

/**
 * What the judge found.
 *
 * @param lost accepted events without a successful call, for each subscription
 * @param duplicated calls after a call of the same delivery had succeeded
 * @param reordered first successes of one key before those of an event that was emitted earlier
 * @param notes how many duplicates each disturbance has caused, and other figures
 * @param faults one sentence for each broken rule, with an excerpt of the journal; empty if none is broken
 */
record Verdict(int lost, int duplicated, int reordered, List<String> notes, List<String> faults) {

    boolean isPassed() {
        return faults.isEmpty();
    }

    /** The one line that says it all. */
    String line() {
        return "lost=%d duplicated=%d reordered=%d".formatted(lost, duplicated, reordered);
    }

    /** The line, and what stands behind it. */
    String report() {
        StringBuilder report = new StringBuilder();
        notes.forEach(note -> report.append(note).append('\n'));
        faults.forEach(fault -> report.append("FAULT ").append(fault).append('\n'));
        return report.append(line())
                .append(isPassed() ? " – passed" : " – FAILED")
                .toString();
    }
}
