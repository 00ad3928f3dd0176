package io.dispatch.functioninvoker.run;

import io.dispatch.contracts.Status;
import io.dispatch.contracts.run.Run;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The runs of both kinds as one history, with the events that are still in the log. */
@Component
class RunHistory {

    /** The most runs in one list. */
    static final int MOST = 1_000;

    /** How many of the newest events of each partition are searched for a sender's id. */
    private static final int DEPTH = 25_000;

    private static final int LONGEST_IN_LIST = 8_192;
    private static final String LEFT_OUT =
            "what is longer than %d bytes, or has left the event log, is left out".formatted(LONGEST_IN_LIST);

    private final Runs runs;
    private final DirectRuns directRuns;
    private final Replies replies;
    private final EventLogReader log;

    RunHistory(Runs runs, DirectRuns directRuns, Replies replies, EventLogReader log) {
        this.runs = runs;
        this.directRuns = directRuns;
        this.replies = replies;
        this.log = log;
    }

    /** One run, whole; empty if the organization has no such run. */
    Optional<Run> find(String organization, UUID id) {
        Optional<RunId> triggered = RunId.of(id);
        if (triggered.isEmpty()) {
            return directRuns.find(organization, id).map(run -> RunWire.of(run, Status.CREATING, null));
        }
        return runs.find(organization, triggered.get())
                .map(run -> RunWire.of(
                        run,
                        entries(List.of(run), Integer.MAX_VALUE).get(run.id().position()),
                        replies.remark(run.id()).orElse(null)));
    }

    /** The newest first. */
    List<Run> newest(RunQuery query) {
        List<Runs.FoundRun> triggered = query.event() == null
                ? runs.newest(query, LONGEST_IN_LIST)
                : runs.of(positions(query.organization(), query.event()), query, LONGEST_IN_LIST);
        Map<Position, LogEntry> entries = entries(triggered, LONGEST_IN_LIST);
        List<Begun> all = new ArrayList<>();
        for (Runs.FoundRun run : triggered) {
            LogEntry entry = entries.get(run.id().position());
            String remark = run.leftOut() || entry == null ? LEFT_OUT : null;
            all.add(new Begun(run.startedAt(), RunWire.of(run, entry, remark)));
        }
        List<DirectRun> direct = query.event() == null ? directRuns.newest(query, LONGEST_IN_LIST) : List.of();
        for (DirectRun run : direct) {
            String remark = run.leftOut() ? LEFT_OUT : null;
            all.add(new Begun(run.startedAt(), RunWire.of(run, Status.CREATING, remark)));
        }
        return all.stream()
                .sorted(Comparator.comparing(Begun::at).reversed())
                .limit(query.most())
                .map(Begun::run)
                .toList();
    }

    /** A run and when exactly it began, which the wire rounds to seconds. */
    private record Begun(Instant at, Run run) {}

    private List<Position> positions(String organization, String event) {
        return EventId.position(event).map(List::of).orElseGet(() -> log.find(organization, event, DEPTH, MOST));
    }

    private Map<Position, LogEntry> entries(List<Runs.FoundRun> of, int longest) {
        List<Position> positions =
                of.stream().map(run -> run.id().position()).distinct().toList();
        return log.read(positions, longest).stream().collect(Collectors.toMap(LogEntry::position, Function.identity()));
    }
}
