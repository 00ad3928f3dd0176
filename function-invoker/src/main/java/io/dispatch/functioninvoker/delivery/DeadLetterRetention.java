package io.dispatch.functioninvoker.delivery;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Drops dead letters that are too old, every hour. They hold a copy of their event, so nothing else goes with them. */
@Component
class DeadLetterRetention {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterRetention.class);

    /** At once, so that no transaction grows long. */
    private static final int BATCH = 1_000;

    private final DeadLetters deadLetters;
    private final DeadLetterSettings settings;
    private final Clock clock;

    DeadLetterRetention(DeadLetters deadLetters, DeadLetterSettings settings, Clock clock) {
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 3_600_000)
    void keep() {
        Instant oldest = clock.instant().minus(settings.keep());
        try {
            int dropped;
            do {
                dropped = deadLetters.drop(oldest, BATCH);
            } while (dropped == BATCH);
        } catch (DataAccessException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("old dead letters could not be dropped, trying again in an hour");
        }
    }
}
