package io.dispatch.functioninvoker.run;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.event.LegacyEvent;
import io.dispatch.contracts.run.Run;
import io.dispatch.contracts.run.RunError;
import io.dispatch.contracts.run.RunLogs;
import io.dispatch.eventlog.LogEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Runs as the wire has them. */
final class RunWire {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final RunLogs NO_LOGS = new RunLogs(null, null);

    private RunWire() {}

    /** @param entry the event behind the run, or null if it is not at hand */
    static Run of(Runs.FoundRun run, @Nullable LogEntry entry, @Nullable String remark) {
        LegacyEvent event = entry == null ? null : LegacyEvent.of(entry.event());
        RunOutcome outcome = run.outcome();
        return new Run(
                run.id().uuid(),
                run.functionName(),
                run.functionId(),
                run.functionId(),
                null,
                event == null ? null : new RawJson(new String(event.toJsonWithoutData(), StandardCharsets.UTF_8)),
                run.id().attempt(),
                event == null ? null : raw(event.data()),
                raw(outcome.output()),
                run.secrets().isEmpty() ? null : run.secrets(),
                null,
                remark == null ? null : List.of(remark),
                logs(outcome),
                error(outcome),
                outcome.error() == null ? Status.READY : Status.ERROR,
                UnixSeconds.of(run.startedAt()),
                UnixSeconds.of(run.finishedAt()),
                List.of());
    }

    /** @param unfinished the state to show while the run is not finished */
    static Run of(DirectRun run, Status unfinished, @Nullable String remark) {
        RunOutcome outcome = run.outcome();
        Instant finishedAt = run.finishedAt();
        Status finished = outcome.error() == null ? Status.READY : Status.ERROR;
        return new Run(
                run.id(),
                run.functionName(),
                run.functionId(),
                run.functionId(),
                run.blocking() ? true : null,
                null,
                null,
                raw(run.input()),
                raw(outcome.output()),
                run.secrets().isEmpty() ? null : run.secrets(),
                null,
                remark == null ? null : List.of(remark),
                finishedAt == null ? null : logs(outcome),
                error(outcome),
                finishedAt == null ? unfinished : finished,
                UnixSeconds.of(run.startedAt()),
                UnixSeconds.of(finishedAt),
                run.tags());
    }

    private static @Nullable RawJson raw(@Nullable String json) {
        return json == null ? null : new RawJson(json);
    }

    private static RunLogs logs(RunOutcome outcome) {
        return outcome.logs() == null ? NO_LOGS : JSON.readValue(outcome.logs(), RunLogs.class);
    }

    private static @Nullable RunError error(RunOutcome outcome) {
        return outcome.error() == null ? null : JSON.readValue(outcome.error(), RunError.class);
    }
}
