package io.dispatch.eventmanager.reply;

import io.dispatch.database.PublishedSchema;
import io.dispatch.eventlog.OutcomeUnknownException;
import io.dispatch.eventlog.Signal;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The thread that takes replies: when it is woken, and once a second. It begins when function-invoker has made its table. */
@Component
class ReplyLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ReplyLoop.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Replies replies;
    private final DataSource dataSource;
    private @Nullable Thread thread;

    ReplyLoop(Replies replies, DataSource dataSource) {
        this.replies = replies;
        this.dataSource = dataSource;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("replies").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        try {
            running.interrupt();
            running.join(PATIENCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try (Signal signal = new Signal(dataSource, Signal.REPLY)) {
            new PublishedSchema(dataSource, "delivery_progress.reply").await();
            boolean failing = false;
            while (!Thread.currentThread().isInterrupted()) {
                boolean more = false;
                try {
                    more = replies.turn();
                    failing = false;
                } catch (DataAccessException | OutcomeUnknownException away) {
                    if (!failing) {
                        log.atWarn()
                                .addKeyValue("reason", away.getMessage())
                                .log("replies cannot be taken right now, trying again");
                    }
                    failing = true;
                } catch (RuntimeException inside) {
                    log.atError().setCause(inside).log("replies cannot be taken, trying again");
                }
                if (!more) {
                    signal.await(IDLE);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
