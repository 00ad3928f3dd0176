package io.dispatch.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.Tag;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function, finished or not.
 *
 * @param name the run's id
 * @param functionName the function that was called
 * @param functionId the id of the function that has this name now, or null if none has
 * @param faasId the same as {@code functionId}
 * @param blocking true where the caller waited, else absent
 * @param event the event without its data, as the original spells events; absent for a direct run, and once the event
 *     has left the log
 * @param attempt 1 for the first call for an event and a subscription, and so on; absent for a direct run
 * @param input the event's data or the direct run's input; absent when there was none, and once the event has left the log
 * @param output what the function answered, cut where it was too long; absent when there was none
 * @param secrets the secrets named in the run request, or by the subscription as it is now; null for none
 * @param services always null
 * @param reason what else is to be said about the run, or null
 * @param logs what the function printed
 * @param error absent unless the run failed
 * @param status {@code INITIALIZED}, {@code CREATING}, {@code READY} (succeeded) or {@code ERROR}
 * @param executedTime when the call began, in Unix seconds
 * @param finishedTime when it ended, in Unix seconds; year 1 while it has not
 * @param tags labels of the run request; never null
 */
@Schema(name = "Run", description = "One call of a function.")
@JsonInclude(Include.NON_NULL)
public record Run(
        UUID name,
        String functionName,
        @Nullable UUID functionId,
        @Nullable UUID faasId,
        @Nullable Boolean blocking,
        @Nullable RawJson event,
        @Nullable Integer attempt,
        @Nullable RawJson input,
        @Nullable RawJson output,
        @JsonInclude(Include.ALWAYS) @Nullable List<String> secrets,
        @JsonInclude(Include.ALWAYS) @Nullable List<String> services,
        @JsonInclude(Include.ALWAYS) @Nullable List<String> reason,
        @Nullable RunLogs logs,
        @Nullable RunError error,
        Status status,
        long executedTime,
        long finishedTime,
        List<Tag> tags) {}
