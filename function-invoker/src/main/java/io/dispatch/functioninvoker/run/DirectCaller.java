package io.dispatch.functioninvoker.run;

import io.dispatch.contracts.event.Event;
import io.dispatch.functioninvoker.call.Call;
import io.dispatch.functioninvoker.call.FunctionCaller;
import io.dispatch.functioninvoker.owner.Owner;
import io.dispatch.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes the calls that clients ask for: once each, with a row before the first byte, and an end for every one. */
@Component
class DirectCaller {

    private static final Logger log = LoggerFactory.getLogger(DirectCaller.class);
    private static final int MOST_AT_ONCE = 256;
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final DirectRuns runs;
    private final FunctionCaller functions;
    private final Owner owner;
    private final Clock clock;
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);

    DirectCaller(DirectRuns runs, FunctionCaller functions, Owner owner, Clock clock) {
        this.runs = runs;
        this.functions = functions;
        this.owner = owner;
        this.clock = clock;
    }

    /** Calls and waits. */
    DirectRun now(DirectRun run) {
        begin(run);
        return finish(run);
    }

    /** Calls on a thread of its own; when this returns, the run is on disk. */
    void later(DirectRun run) {
        begin(run);
        Thread.ofVirtual().name("run-" + run.id()).start(() -> finish(run));
    }

    private void begin(DirectRun run) {
        if (!slots.tryAcquire()) {
            throw ApiException.unavailable(
                    "%d runs are being made for clients already, try again".formatted(MOST_AT_ONCE), BUSY);
        }
        boolean begun = false;
        try {
            owner.hold();
            runs.add(run);
            begun = true;
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the owner's lock cannot be held", e);
        } finally {
            if (!begun) {
                slots.release();
            }
        }
    }

    private DirectRun finish(DirectRun run) {
        try {
            RunOutcome outcome = RunOutcome.of(functions.call(call(run)));
            Instant at = clock.instant();
            runs.finish(run.id(), at, outcome);
            return run.finished(outcome, at);
        } catch (DataAccessException e) {
            // The row stays unfinished and ends as interrupted with this process, or now if the database is back.
            log.atWarn().addKeyValue("run", run.id()).setCause(e).log("a run could not be finished");
            throw e;
        } finally {
            slots.release();
        }
    }

    private static Call call(DirectRun run) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("id", run.id().toString());
        attributes.put("source", "dispatch");
        attributes.put("type", Call.DIRECT_RUN);
        attributes.put("time", run.startedAt().toString());
        byte[] data = null;
        if (run.input() != null) {
            attributes.put("datacontenttype", "application/json");
            data = run.input().getBytes(StandardCharsets.UTF_8);
        }
        return new Call(
                run.organization(), run.functionName(), Event.of(attributes, data), run.secrets(), run.id(), 1, null);
    }

    /** Ends what other processes have left behind; at the start and then every few seconds. */
    @Scheduled(fixedDelay = 5_000)
    void endInterrupted() {
        try {
            int ended = runs.endInterrupted(clock.instant());
            if (ended > 0) {
                log.atInfo().addKeyValue("runs", ended).log("runs cut off by a crash were ended as interrupted");
            }
        } catch (DataAccessException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("interrupted runs could not be looked for");
        }
    }
}
