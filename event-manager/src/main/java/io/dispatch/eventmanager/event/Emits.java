package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.eventlog.OutcomeUnknownException;
import io.dispatch.eventmanager.log.EventRetention;
import io.dispatch.eventmanager.log.EventTypes;
import io.dispatch.http.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/** Accepts emissions: hands their events to the appender and makes the answer once it is known what became of them. */
@Service
class Emits {
    private static final Logger log = LoggerFactory.getLogger(Emits.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration FULL_RETRY_AFTER = Duration.ofMinutes(1);

    private final Appender appender;
    private final EmitCounters counters;
    private final EventTypes types;
    private final EventRetention retention;

    Emits(Appender appender, EmitCounters counters, EventTypes types, EventRetention retention) {
        this.appender = appender;
        this.counters = counters;
        this.types = types;
        this.retention = retention;
    }

    /**
     * Hands the events over without waiting for the disk; {@link #answer} waits.
     *
     * @throws ApiException 503 if there is no room for them
     */
    Pending begin(String organization, Emission emission) {
        if (retention.isFull()) {
            throw ApiException.unavailable(
                    "the event log is full of events that are still to be delivered", FULL_RETRY_AFTER);
        }
        Request request = Request.of(organization, emission.events());
        if (request.events().isEmpty()) {
            request.outcome().complete(List.of());
        } else {
            appender.submit(request);
        }
        return new Pending(emission, request);
    }

    /** An emission whose events are on their way. */
    record Pending(Emission emission, Request request) {}

    /**
     * The answer, as soon as the events are on disk or were dropped.
     *
     * @throws ApiException 503 if they could not be written now: nothing was kept, or it is not known
     */
    Answer answer(Pending pending) {
        List<Acceptance> acceptances = acceptances(pending.request());
        counters.count(pending.request().organization(), acceptances);
        types.learn(pending.request().organization(), fresh(pending.request().events(), acceptances));
        return EmitAnswers.of(pending.emission(), acceptances);
    }

    private static List<Event> fresh(List<Event> events, List<Acceptance> acceptances) {
        return acceptances.stream().noneMatch(Acceptance::duplicate)
                ? events
                : IntStream.range(0, events.size())
                        .filter(i -> !acceptances.get(i).duplicate())
                        .mapToObj(events::get)
                        .toList();
    }

    private static List<Acceptance> acceptances(Request request) {
        try {
            return request.outcome().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("the service is being stopped, try again", RETRY_AFTER);
        } catch (TimeoutException tooLong) {
            throw ApiException.unavailable(
                    "the event log did not answer within " + PATIENCE.toSeconds() + " s, try again", RETRY_AFTER);
        } catch (ExecutionException failed) {
            throw reason(request, Objects.requireNonNull(failed.getCause()));
        }
    }

    private static RuntimeException reason(Request request, Throwable cause) {
        if (cause instanceof ApiException answer) {
            return answer;
        }
        boolean databaseAway = cause instanceof DataAccessException || cause instanceof OutcomeUnknownException;
        log.atWarn()
                .addKeyValue("organization", request.organization())
                .addKeyValue(
                        "events",
                        request.events().stream().map(Event::id).limit(3).toList())
                .addKeyValue("reason", cause.getMessage())
                .log("events could not be written");
        return databaseAway
                ? ApiException.unavailable("the event log cannot be written right now, try again", RETRY_AFTER)
                : new IllegalStateException(cause);
    }
}
