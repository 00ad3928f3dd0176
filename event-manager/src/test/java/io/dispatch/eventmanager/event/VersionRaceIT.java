package io.dispatch.eventmanager.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventmanager.RunningService;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VersionRaceIT extends RunningService {
    private static final int SUBSCRIPTIONS = 30;
    private static final int EMITTERS = 4;

    /** Emits go on while subscriptions are made; whoever begins to emit after a 201 must be matched by it. */
    @Test
    void aSubscriptionThatWasAnsweredSeesEveryLaterEvent() throws Exception {
        String organization = "race-" + UUID.randomUUID();
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> emitters = new ArrayList<>();
            for (int i = 0; i < EMITTERS; i++) {
                emitters.add(threads.submit(() -> emitUntil(done, organization, answered)));
            }
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                String body = "{\"eventType\":\"race\",\"function\":\"f\"}";
                assertThat(postJson(organization, "/v1/event/subscriptions", body)
                                .statusCode())
                        .isEqualTo(201);
                answered.incrementAndGet();
            }
            done.set(true);
            for (Future<Integer> emitter : emitters) {
                assertThat(emitter.get()).as("emits beside the changes").isPositive();
            }
        }
    }

    private int emitUntil(AtomicBoolean done, String organization, AtomicInteger answered) {
        int emits = 0;
        while (!done.get()) {
            int atLeast = answered.get();
            HttpResponse<String> answer = postJson(
                    organization,
                    "/v1/event",
                    "{\"cloudEventsVersion\":\"0.1\",\"eventType\":\"race\",\"source\":\"s\",\"eventID\":\"" + emits
                            + "\"}");
            int matched = Integer.parseInt(
                    answer.headers().firstValue("Dispatch-Matched").orElseThrow());
            assertThat(matched).isGreaterThanOrEqualTo(atLeast);
            emits++;
        }
        return emits;
    }
}
