package io.dispatch.eventmanager.replay;

import io.dispatch.eventlog.OutcomeUnknownException;
import io.dispatch.eventmanager.log.EventRetention;
import io.dispatch.eventmanager.replay.Room.Look;
import io.dispatch.http.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Makes all replays go on, one step of each in turn, where there is room; one thread of one process does so. When others
 * append events, it makes a step and rests, so that these find the machine free.
 */
@Component
class ReplayLoop implements DisposableBean {
    private static final Logger logger = LoggerFactory.getLogger(ReplayLoop.class);
    private static final int MOST = 1_000;

    /** How often it is looked for a replay, or whether it is our turn. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** How soon it is looked for room again. */
    private static final Duration NO_ROOM = Duration.ofMillis(25);

    /** After each step that appended something, so that at most 1,000 events a second are replayed in company. */
    private static final Duration REST = Duration.ofMillis(250);

    /** After a step that only looked, in company. */
    private static final Duration SHORT_REST = Duration.ofMillis(25);

    /** What a step says that must be made again later. */
    private static final int LATER = -1;

    private final ReplayTable table;
    private final Replayer replayer;
    private final Room room;
    private final EventRetention retention;
    private final Turn turn;
    private final Company company = new Company();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    ReplayLoop(ReplayTable table, Replayer replayer, Room room, EventRetention retention, DataSource dataSource) {
        this.table = table;
        this.replayer = replayer;
        this.room = room;
        this.retention = retention;
        this.turn = new Turn(dataSource);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        thread = Thread.ofPlatform().name("replays").start(this::run);
    }

    /** A step that is under way ends first. */
    @Override
    public void destroy() throws InterruptedException {
        stopping.countDown();
        Thread running = thread;
        if (running != null) {
            running.join();
        }
    }

    private void run() {
        try (turn) {
            Duration wait = Duration.ZERO;
            while (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = round();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes one step of each replay that has room, and says how long to wait. */
    private Duration round() {
        try {
            List<StoredReplay> running = table.running(MOST);
            if (running.isEmpty()) {
                turn.close();
                return IDLE;
            }
            if (!turn.isOurs()) {
                return IDLE;
            }
            Duration wait = NO_ROOM;
            boolean failed = false;
            for (StoredReplay replay : running) {
                Look look = room.look(replay.subscription());
                boolean inCompany = company.isThere(look.appended(), System.nanoTime());
                if (!retention.isFull() && look.isEnough()) {
                    int appended = step(replay, !inCompany);
                    failed |= appended == LATER;
                    wait = Duration.ZERO;
                    Duration rest = appended == 0 ? SHORT_REST : REST;
                    if (inCompany && stopping.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                        return IDLE;
                    }
                }
            }
            return failed ? IDLE : wait;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return IDLE;
        } catch (DataAccessException e) {
            logger.atWarn().addKeyValue("reason", e.getMessage()).log("replays cannot go on right now");
            return IDLE;
        }
    }

    /** Makes a step of one, whatever happens; how many events it appended, or {@link #LATER}. */
    private int step(StoredReplay replay, boolean signal) {
        try {
            int appended = replayer.step(replay, signal);
            company.weAppended(appended);
            return appended;
        } catch (OptimisticLockingFailureException overtaken) {
            logger.atDebug().addKeyValue("reason", overtaken.getMessage()).log("a replay is elsewhere by now");
        } catch (DataIntegrityViolationException refused) {
            table.fail(replay.id(), "the event log refuses an event of it: " + refused.getMessage());
        } catch (DataAccessException | OutcomeUnknownException | ApiException e) {
            logger.atWarn()
                    .addKeyValue("replay", replay.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("a replay cannot go on right now");
            return LATER;
        } catch (RuntimeException e) {
            logger.atError().addKeyValue("replay", replay.id()).setCause(e).log("a replay failed inside");
            table.fail(replay.id(), "it failed inside: " + e);
        }
        return 0;
    }
}
