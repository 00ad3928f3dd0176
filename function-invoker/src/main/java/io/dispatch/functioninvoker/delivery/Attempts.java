package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.functioninvoker.call.Call;
import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.call.FunctionCaller;
import io.dispatch.functioninvoker.delivery.Attempt.Last;
import io.dispatch.functioninvoker.delivery.Outcome.GiveUp;
import io.dispatch.functioninvoker.delivery.Outcome.RetryAt;
import io.dispatch.functioninvoker.run.FunctionNames;
import io.dispatch.functioninvoker.run.RunId;
import io.dispatch.functioninvoker.run.RunOutcome;
import io.dispatch.functioninvoker.run.RunRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Makes the attempts that deliveries are due, on the threads of their lanes. */
final class Attempts {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final Duration DATABASE_AWAY = Duration.ofMillis(250);
    private static final Duration PAUSED = Duration.ofSeconds(10);

    private final FunctionCaller functions;
    private final Subscriptions subscriptions;
    private final FunctionNames names;
    private final RetryPolicy policy;
    private final Clock clock;

    Attempts(
            FunctionCaller functions,
            Subscriptions subscriptions,
            FunctionNames names,
            RetryPolicy policy,
            Clock clock) {
        this.functions = functions;
        this.subscriptions = subscriptions;
        this.names = names;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Makes one attempt and says what follows, whatever happens. While the database cannot be asked whom to call, nothing is
     * called, and it waits.
     *
     * @return null if the partition was lost before the call, or the thread was interrupted: then it is for others to make
     */
    @Nullable
    Attempt make(Delivery delivery) {
        try {
            while (delivery.window().awaitLease()) {
                try {
                    return attempt(delivery);
                } catch (DataAccessException e) {
                    log.atWarn()
                            .addKeyValue("subscription", delivery.subscription())
                            .addKeyValue("reason", e.getMessage())
                            .log("the database cannot be asked for the function, waiting");
                    Thread.sleep(DATABASE_AWAY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private Attempt attempt(Delivery delivery) {
        Optional<PublishedSubscription> found = subscriptions.find(delivery.subscription());
        if (found.isEmpty()) {
            return without(delivery, new GiveUp("subscription not found"), new Last("", "", null, null));
        }
        PublishedSubscription subscription = found.get();
        return switch (subscription.state()) {
            case ACTIVE -> call(delivery, subscription);
            case PAUSED ->
                without(
                        delivery,
                        new RetryAt(clock.instant().plus(PAUSED), "subscription paused"),
                        last(subscription, null, null));
            case DELETED -> without(delivery, new GiveUp("subscription deleted"), last(subscription, null, null));
        };
    }

    private Attempt call(Delivery delivery, PublishedSubscription subscription) {
        String organization = delivery.entry().organization();
        int number = delivery.attempts() + 1;
        long name = names.number(organization, subscription.function());
        Instant startedAt = clock.instant();
        CallResult result = result(new Call(
                organization,
                subscription.function(),
                delivery.entry().event(),
                subscription.secrets(),
                delivery.id().uuid(),
                number,
                null));
        Instant finishedAt = clock.instant();
        Instant firstAt = Objects.requireNonNullElse(delivery.firstAttemptAt(), startedAt);
        RunOutcome kept = RunOutcome.of(result);
        var id = new RunId(delivery.entry().position(), delivery.subscription(), number);
        return new Attempt(
                new RunRecord(id, name, startedAt, finishedAt, kept),
                number,
                firstAt,
                policy.decide(result, number, firstAt, finishedAt),
                last(subscription, result instanceof Failed failed ? failed.status() : null, kept.output()));
    }

    /** A call that fails in a way nobody thought of is an attempt that failed: it is retried, and seen. */
    private CallResult result(Call call) {
        try {
            return functions.call(call);
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("organization", call.organization())
                    .addKeyValue("function", call.function())
                    .setCause(e)
                    .log("a call failed inside");
            return Failed.without(CallResult.Cause.NOT_CALLED, "the call failed inside: " + e);
        }
    }

    private static Attempt without(Delivery delivery, Outcome outcome, Last last) {
        return new Attempt(null, delivery.attempts(), delivery.firstAttemptAt(), outcome, last);
    }

    private static Last last(PublishedSubscription subscription, @Nullable Integer status, @Nullable String answer) {
        return new Last(subscription.name(), subscription.function(), status, answer);
    }
}
