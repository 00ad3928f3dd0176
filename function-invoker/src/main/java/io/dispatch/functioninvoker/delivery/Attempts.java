package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.functioninvoker.call.Call;
import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.call.FunctionCaller;
import io.dispatch.functioninvoker.delivery.Attempt.Last;
import io.dispatch.functioninvoker.delivery.Outcome.GiveUp;
import io.dispatch.functioninvoker.delivery.Outcome.RetryAt;
import io.dispatch.functioninvoker.delivery.Subscriptions.Known;
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

    private final FunctionCaller functions;
    private final Subscriptions subscriptions;
    private final FunctionNames names;
    private final ReplyEvents replies;
    private final Clock clock;

    Attempts(
            FunctionCaller functions,
            Subscriptions subscriptions,
            FunctionNames names,
            ReplyEvents replies,
            Clock clock) {
        this.functions = functions;
        this.subscriptions = subscriptions;
        this.names = names;
        this.replies = replies;
        this.clock = clock;
    }

    /**
     * Makes one attempt and says what follows, whatever happens. While the database cannot be asked whom to call, nothing is
     * called, and it waits.
     *
     * @return null if the partition was lost or left before the call, or the thread was interrupted: then it is for others to make
     */
    @Nullable
    Attempt make(Delivery delivery) {
        try {
            while (delivery.window().begin()) {
                try {
                    return attempt(delivery);
                } catch (DataAccessException e) {
                    delivery.window().ended();
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
        Optional<Known> found = subscriptions.find(delivery.subscription());
        if (found.isEmpty()) {
            return without(delivery, new GiveUp("subscription not found"), new Last("", "", null, null));
        }
        PublishedSubscription subscription = found.get().published();
        return switch (subscription.state()) {
            case ACTIVE ->
                delivery.tooOld
                        ? tooOld(delivery, found.get())
                        : call(delivery, subscription, found.get().terms());
            case PAUSED ->
                without(delivery, new RetryAt(clock.instant(), "subscription paused"), last(subscription, null, null));
            case DELETED -> without(delivery, new GiveUp(ended(subscription)), last(subscription, null, null));
        };
    }

    private static String ended(PublishedSubscription subscription) {
        return subscription.kind().equals(PublishedSubscription.REPLAY)
                ? "replay cancelled or subscription deleted"
                : "subscription deleted";
    }

    private static Attempt tooOld(Delivery delivery, Known subscription) {
        return without(
                delivery,
                subscription.terms().policy().tooOld("the function fails everything"),
                last(subscription.published(), null, null));
    }

    private Attempt call(Delivery delivery, PublishedSubscription subscription, Terms terms) {
        String organization = delivery.entry().organization();
        int number = delivery.row().attempts() + 1;
        long name = names.number(organization, subscription.function());
        Instant startedAt = clock.instant();
        CallResult answered = result(new Call(
                organization,
                subscription.function(),
                delivery.entry().event(),
                subscription.secrets(),
                delivery.id().uuid(),
                number,
                terms.timeout()));
        CallResult result = replies.bounded(answered, delivery.entry());
        Instant finishedAt = clock.instant();
        Instant firstAt = Objects.requireNonNullElse(delivery.row().firstAttemptAt(), startedAt);
        RunOutcome kept = RunOutcome.of(result);
        Last last = last(subscription, result instanceof Failed failed ? failed.status() : null, kept.output());
        if (delivery.probe && result instanceof Failed failed) {
            Outcome outcome = terms.policy().afterProbe(failed, firstAt, finishedAt);
            return new Attempt(null, result, delivery.row().attempts(), firstAt, outcome, last);
        }
        var id = new RunId(delivery.entry().position(), delivery.subscription(), number);
        int counted = number - delivery.row().attemptsBefore();
        Outcome outcome = terms.policy().decide(result, counted, firstAt, finishedAt);
        return new Attempt(
                new RunRecord(id, name, startedAt, finishedAt, kept, replies.of(result, delivery.entry(), id)),
                result,
                number,
                firstAt,
                outcome,
                last);
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
        return new Attempt(null, null, delivery.row().attempts(), delivery.row().firstAttemptAt(), outcome, last);
    }

    private static Last last(PublishedSubscription subscription, @Nullable Integer status, @Nullable String answer) {
        return new Last(subscription.name(), subscription.function(), status, answer);
    }
}
