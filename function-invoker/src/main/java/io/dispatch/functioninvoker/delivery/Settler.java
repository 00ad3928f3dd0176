package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.delivery.Books.PartitionsLost;
import io.dispatch.functioninvoker.delivery.Keys.EventKey;
import io.dispatch.functioninvoker.delivery.Leases.Progress;
import io.dispatch.functioninvoker.delivery.Outcome.RetryAt;
import io.dispatch.functioninvoker.delivery.Settlement.Attempted;
import io.dispatch.functioninvoker.delivery.Settlement.Left;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Settles: takes what came of deliveries, writes it down in batches, moves the offsets, and only then tells the lanes. One
 * thread turns it.
 */
final class Settler {

    private static final Logger log = LoggerFactory.getLogger(Settler.class);
    private static final Duration PUBLISH_EVERY = Duration.ofSeconds(5);
    private static final Duration DATABASE_AWAY = Duration.ofMillis(250);

    private final News news;
    private final Books books;
    private final Windows windows;
    private final Lanes lanes;
    private final Clock clock;
    /** Keys that may still wait for their first parked row to be made due. */
    private final Set<Release> missed = new LinkedHashSet<>();

    private Instant published = Instant.EPOCH;
    private boolean moved = true;

    Settler(News news, Books books, Windows windows, Lanes lanes, Clock clock) {
        this.news = news;
        this.books = books;
        this.windows = windows;
        this.lanes = lanes;
        this.clock = clock;
    }

    /**
     * Settles one batch, trying until it is written or its partitions are lost.
     *
     * @throws InterruptedException while the database is away; the calls of this batch are made again then, by whoever has the
     *     partitions next
     */
    void turn() throws InterruptedException {
        List<Settlement> batch = news.take();
        leaveOverdue(batch);
        for (Settlement settlement : batch) {
            Delivery delivery = settlement.delivery();
            delivery.window().close(delivery);
            delivery.stored |= settlement instanceof Left;
        }
        boolean again = false;
        while (!write(batch, again)) {
            Thread.sleep(DATABASE_AWAY);
            again = true;
        }
    }

    private void leaveOverdue(List<Settlement> batch) {
        Instant now = clock.instant();
        for (Delivery delivery : windows.overdue()) {
            batch.addAll(lanes.of(delivery.subscription()).leave(delivery, now));
        }
    }

    /** Writes what is still ours of a batch; false if it must be tried again. */
    private boolean write(List<Settlement> batch, boolean again) {
        batch.removeIf(this::isLost);
        Set<Window> concerned = new HashSet<>();
        batch.forEach(settlement -> concerned.add(settlement.delivery().window()));
        windows.all().stream().filter(Window::hasMoved).forEach(concerned::add);
        List<Release> releases = new ArrayList<>();
        for (Release release : releases(batch)) {
            @Nullable Window window = windows.find(release.key().partition());
            if (window != null) {
                concerned.add(window);
                releases.add(release);
            }
        }
        moved |= !concerned.isEmpty() || windows.all().stream().anyMatch(Window::isAhead);
        boolean publish = moved && !clock.instant().isBefore(published.plus(PUBLISH_EVERY));
        if (publish) {
            concerned.addAll(windows.all());
        }
        if (concerned.isEmpty()) {
            return true;
        }
        List<Progress> progress = concerned.stream()
                .map(window -> new Progress(window.partition(), window.epoch(), window.advance()))
                .toList();
        List<DueRow> released;
        try {
            released = books.write(SettleBatch.of(progress, batch, releases, clock.instant()), publish, again);
        } catch (PartitionsLost e) {
            e.partitions().forEach(windows::lose);
            return false;
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("a batch cannot be settled, trying again");
            return false;
        }
        concerned.forEach(Window::written);
        if (publish) {
            published = clock.instant();
            moved = false;
        }
        batch.forEach(this::tell);
        tell(released, releases);
        return true;
    }

    /** Whether it is not ours to write down any more; its lane is told. */
    private boolean isLost(Settlement settlement) {
        Delivery delivery = settlement.delivery();
        boolean lost = delivery.window().isLost();
        if (lost && settlement instanceof Left left) {
            lanes.of(delivery.subscription()).unwritten(left.dueAt());
        }
        return lost;
    }

    /** The keys whose first parked row is due once the batch is written, and those for which there was none the last time. */
    private Set<Release> releases(List<Settlement> batch) {
        missed.removeIf(release -> !lanes.of(release.subscription()).isWaiting(release.key()));
        Set<Release> releases = new LinkedHashSet<>(missed);
        for (Settlement settlement : batch) {
            Delivery delivery = settlement.delivery();
            if (settlement instanceof Attempted attempted && delivery.isHeld()) {
                @Nullable EventKey key = lanes.of(delivery.subscription()).parkedBehind(delivery, attempted.attempt());
                if (key != null) {
                    releases.add(new Release(delivery.subscription(), key));
                }
            }
        }
        return releases;
    }

    private void tell(List<DueRow> released, List<Release> wanted) {
        Instant now = clock.instant();
        for (DueRow row : released) {
            String key = Objects.requireNonNull(row.orderingKey());
            Position turn = row.id().position();
            lanes.of(row.id().subscription()).released(new EventKey(turn.partition(), key), turn, now);
        }
        missed.addAll(wanted);
    }

    private void tell(Settlement settlement) {
        Delivery delivery = settlement.delivery();
        Lane lane = lanes.of(delivery.subscription());
        switch (settlement) {
            case Left left -> lane.written(left.dueAt());
            case Attempted attempted -> {
                delivery.window().ended();
                lane.settled(delivery, attempted.attempt().outcome() instanceof RetryAt retry ? retry.at() : null);
                if (delivery.isHeld()) {
                    missed.add(new Release(delivery.subscription(), delivery.key()));
                }
            }
        }
    }
}
