package io.dispatch.eventmanager.log;

import io.dispatch.eventlog.EventLogSlices;
import io.dispatch.eventlog.EventLogSlices.Kept;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Drops events that are too old or too many, once a minute, never those that are still owed. When only such are left to drop and
 * the log is too large, it is full: then new events are refused rather than old ones lost.
 */
@Component
public class EventRetention {
    private static final Logger log = LoggerFactory.getLogger(EventRetention.class);
    private static final long EVERY = 60_000;

    private final EventLogSlices slices;
    private final EventLogSettings settings;
    private volatile boolean full;

    EventRetention(EventLogSlices slices, EventLogSettings settings) {
        this.slices = slices;
        this.settings = settings;
    }

    /** Whether the log takes no more events until some have been delivered. */
    public boolean isFull() {
        return full;
    }

    @Scheduled(initialDelay = 5_000, fixedDelay = EVERY)
    void keep() {
        try {
            Kept kept = slices.keep(settings.keep(), settings.maxSize().toBytes());
            boolean fullNow = kept.owed() && kept.bytes() > settings.maxSize().toBytes();
            if (fullNow != full) {
                log.atWarn()
                        .addKeyValue("bytes", kept.bytes())
                        .log(
                                fullNow
                                        ? "the event log is full of events that are still owed, and takes no more"
                                        : "the event log has room again");
            }
            full = fullNow;
        } catch (DataAccessException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("old events could not be dropped, trying again");
        }
    }
}
