package io.dispatch.drivermanager.runtime;

import java.util.List;

/** How a driver was last seen; its text form is for the log. */
public sealed interface Observation {

    /** On its way: starting, or the process before it is ending. */
    record Pending() implements Observation {
        @Override
        public String toString() {
            return "on its way";
        }
    }

    /** Running and ready to bring events in. */
    record Ready() implements Observation {
        @Override
        public String toString() {
            return "ready";
        }
    }

    /**
     * It does not bring events in.
     *
     * @param reason a word, a colon and a sentence that a person can act on
     */
    record Failed(String reason) implements Observation {

        /** The reasons as the wire has them: the original's word first, where it has one for it, then the sentence. */
        public List<String> reasons() {
            String word = reason.substring(0, Math.max(0, reason.indexOf(':')));
            return switch (word) {
                case "SecretMissing", "SecretUnreadable", "SecretRefused" -> List.of(reason);
                case "Unknown" -> List.of(word, reason);
                default -> List.of("DeploymentNotAvailable", reason);
            };
        }

        @Override
        public String toString() {
            return "in trouble: " + reason;
        }
    }
}
