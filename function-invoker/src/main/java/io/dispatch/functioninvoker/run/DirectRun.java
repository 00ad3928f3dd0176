package io.dispatch.functioninvoker.run;

import io.dispatch.contracts.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that a client asked for.
 *
 * @param id a UUID of version 4
 * @param functionId of the function that has this name now, or null
 * @param finishedAt null while it is not finished
 * @param input one JSON value, or null
 * @param outcome empty while it is not finished
 * @param leftOut whether input or output was too long for a list
 */
record DirectRun(
        UUID id,
        String organization,
        String functionName,
        @Nullable UUID functionId,
        boolean blocking,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String input,
        List<String> secrets,
        List<Tag> tags,
        RunOutcome outcome,
        boolean leftOut) {

    static final RunOutcome NONE_YET = new RunOutcome(null, null, null);

    DirectRun finished(RunOutcome with, Instant at) {
        return new DirectRun(
                id,
                organization,
                functionName,
                functionId,
                blocking,
                startedAt,
                at,
                input,
                secrets,
                tags,
                with,
                leftOut);
    }
}
