package io.dispatch.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds events that overtook one with the same key. Only those have an order whose sender had the answer of one before it sent
 * the other, and only first successes count: what a kill makes again is no news for a function.
 */
final class Order {

    private final History history;

    Order(History history) {
        this.history = history;
    }

    /** Which events of a subscription were called before an earlier one of their key had succeeded, as excerpts. */
    List<String> overtakers(String subscription) {
        Map<String, Sent> latest = new HashMap<>();
        List<String> found = new ArrayList<>();
        history.accepted().stream()
                .filter(emission -> !emission.key().isEmpty())
                .sorted(Comparator.comparingLong(Emission::sentAt))
                .forEach(emission -> {
                    Call success = history.firstSuccess(subscription, emission);
                    if (success == null) {
                        return; // it is lost, and counted there
                    }
                    Sent sent = new Sent(emission, success);
                    Sent earlier = latest.get(emission.key());
                    if (earlier != null && sent.overtakes(earlier)) {
                        found.add("%s%n  before: %s"
                                .formatted(success.line(), earlier.success().line()));
                    }
                    if (earlier == null
                            || success.answered() > earlier.success().answered()) {
                        latest.put(emission.key(), sent);
                    }
                });
        return found;
    }

    private record Sent(Emission emission, Call success) {

        boolean overtakes(Sent earlier) {
            return earlier.emission().answeredAt() <= emission.sentAt()
                    && success.began() < earlier.success().answered();
        }
    }
}
