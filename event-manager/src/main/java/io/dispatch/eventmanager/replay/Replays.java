package io.dispatch.eventmanager.replay;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.replay.Replay.State;
import io.dispatch.contracts.subscription.Subscription;
import io.dispatch.eventlog.EventLogScan;
import io.dispatch.eventlog.EventLogScan.Span;
import io.dispatch.eventmanager.publication.Publication;
import io.dispatch.eventmanager.publication.Publication.ReplaySubscription;
import io.dispatch.eventmanager.replay.StoredReplay.End;
import io.dispatch.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Begins and ends replays, each in one transaction together with the publication of its hidden subscription. */
@Service
public class Replays {
    /** So many may be under way in an organization at once. */
    static final int MOST_RUNNING = 100;

    /** So many are listed. */
    private static final int MOST_LISTED = 1_000;

    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final long FORGET_EVERY = 3_600_000;

    private final ReplayTable table;
    private final Publication publication;
    private final EventLogScan scan;
    private final Clock clock;

    Replays(ReplayTable table, Publication publication, EventLogScan scan, Clock clock) {
        this.table = table;
        this.publication = publication;
        this.scan = scan;
        this.clock = clock;
    }

    /**
     * Begins a replay to a subscription.
     *
     * @throws ApiException 404 if the organization has none of this name
     */
    @Transactional
    public StoredReplay toSubscription(Wanted wanted, String name) {
        String organization = wanted.query().organization();
        check(organization);
        Span span = span(wanted);
        ReplaySubscription hidden =
                publication.replayOf(organization, name).orElseThrow(() -> ApiException.notFound("subscription", name));
        return begin(UUID.randomUUID(), wanted, span, hidden.id(), hidden.target(), name);
    }

    /** @throws ApiException 404 if the organization has no subscription of this name */
    void checkSubscription(String organization, String name) {
        if (!publication.isThere(organization, name)) {
            throw ApiException.notFound("subscription", name);
        }
    }

    /** Begins a replay to a function, which need not exist. */
    @Transactional
    public StoredReplay toFunction(Wanted wanted, String function) {
        String organization = wanted.query().organization();
        check(organization);
        UUID id = UUID.randomUUID();
        Span span = span(wanted);
        long hidden = publication.replayTo(organization, function, "replay-" + id);
        return begin(id, wanted, span, hidden, null, function);
    }

    /**
     * Gives a subscription what the log holds from a time on, in the transaction that publishes it first: every event either
     * comes to it live or is replayed to it, and none does both.
     */
    @Transactional
    public void startInThePast(String organization, Subscription subscription, String name, Instant since) {
        check(organization);
        @Nullable List<RawJson> filters = subscription.filters();
        String type = subscription.eventType().equals(Subscription.ANY_TYPE) ? null : subscription.eventType();
        Wanted wanted = Wanted.of(organization, type, null, since, null, filters);
        ReplaySubscription hidden = publication
                .replayOf(organization, name)
                .orElseThrow(() -> new IllegalStateException("subscription " + name + " has not been published"));
        List<Long> from = scan.from(since);
        begin(UUID.randomUUID(), wanted, new Span(from, publication.seam()), hidden.id(), hidden.target(), name);
    }

    /** Ends the replays to a subscription, in the transaction that deletes it. */
    @Transactional
    public void subscriptionDeleted(long id) {
        table.endOfTarget(id);
    }

    /** An organization's replays, the newest first. */
    List<StoredReplay> list(String organization) {
        return table.newest(organization, MOST_LISTED);
    }

    Optional<StoredReplay> find(String organization, UUID id) {
        return table.find(organization, id);
    }

    /**
     * Ends a replay and what is still owed of it; one that has been ended stays as it is.
     *
     * @return as it is then; empty if the organization has none with this id
     */
    @Transactional
    public Optional<StoredReplay> cancel(String organization, UUID id) {
        Optional<StoredReplay> replay = find(organization, id);
        if (replay.isEmpty() || replay.get().state() == State.CANCELLED) {
            return replay;
        }
        publication.end(replay.get().subscription());
        table.cancel(id);
        return find(organization, id);
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = FORGET_EVERY)
    void forget() {
        table.forget(clock.instant().minus(REMEMBERED));
    }

    private Span span(Wanted wanted) {
        return scan.span(wanted.query().since(), wanted.query().until());
    }

    private void check(String organization) {
        if (table.countRunning(organization) >= MOST_RUNNING) {
            throw ApiException.of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "%d replays are under way in organization %s: wait until one is done, or cancel one"
                            .formatted(MOST_RUNNING, organization));
        }
    }

    private StoredReplay begin(
            UUID id, Wanted wanted, Span span, long hidden, @Nullable Long target, String targetName) {
        Instant now = clock.instant();
        boolean done = span.from().equals(span.before());
        StoredReplay replay = new StoredReplay(
                id,
                hidden,
                target,
                targetName,
                wanted,
                span,
                span.from(),
                done ? State.DONE : State.RUNNING,
                0,
                0,
                now,
                done ? new End(now, null) : null);
        table.insert(replay);
        return replay;
    }
}
