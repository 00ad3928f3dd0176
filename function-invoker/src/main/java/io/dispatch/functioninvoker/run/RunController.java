package io.dispatch.functioninvoker.run;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.run.Run;
import io.dispatch.contracts.run.RunRequest;
import io.dispatch.functioninvoker.function.FunctionLookup;
import io.dispatch.functioninvoker.function.FunctionVersion;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.TagFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/runs}. */
@RestController
@RequestMapping("/v1/runs")
@Tag(name = "runs", description = "Calls of functions, made and to make")
class RunController {

    private final RunHistory history;
    private final DirectCaller caller;
    private final FunctionLookup functions;
    private final Clock clock;

    RunController(RunHistory history, DirectCaller caller, FunctionLookup functions, Clock clock) {
        this.history = history;
        this.caller = caller;
        this.functions = functions;
        this.clock = clock;
    }

    @PostMapping
    @Operation(
            operationId = "runFunction",
            summary = "Calls a function once",
            description = "Answers 200 with the finished run when blocking, failed or not, and 202 at once otherwise.")
    @ApiResponse(responseCode = "200", description = "The finished run.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "The run, in status INITIALIZED.", useReturnTypeSchema = true)
    ResponseEntity<Run> run(
            Caller who,
            @RequestParam(required = false) @Nullable String functionName,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true) // 400 without, as in the original
                    @Valid
                    @RequestBody(required = false)
                    @Nullable
                    RunRequest request) {
        if (functionName == null || functionName.isEmpty()) {
            throw ApiException.badRequest("functionName in query is required");
        }
        if (request == null) {
            throw ApiException.badRequest("body is required");
        }
        FunctionVersion function = functions
                .find(who.organization(), functionName)
                .orElseThrow(() -> ApiException.notFound("function", functionName));
        var run = new DirectRun(
                UUID.randomUUID(),
                who.organization(),
                functionName,
                function.id(),
                Boolean.TRUE.equals(request.blocking()),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                request.input() == null || request.input().equals(RawJson.NULL)
                        ? null
                        : request.input().json(),
                request.secrets() == null ? List.of() : request.secrets(),
                Objects.requireNonNullElse(io.dispatch.contracts.Tag.distinct(request.tags()), List.of()),
                DirectRun.NONE_YET,
                false);
        if (run.blocking()) {
            return ResponseEntity.ok(RunWire.of(caller.now(run), Status.CREATING, null));
        }
        caller.later(run);
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(RunWire.of(run, Status.INITIALIZED, null));
    }

    @GetMapping
    @Operation(
            operationId = "listRuns",
            summary = "Lists runs, the newest first",
            description =
                    "At most the 1,000 newest. What is longer than 8 KiB is left out here; read such a run by its id.")
    @Parameter(
            name = "event",
            in = ParameterIn.QUERY,
            description =
                    "Only what this event triggered. An id that has the form of the platform's (`Dispatch-Event-Id`) is taken"
                            + " for one; any other is the sender's, and is looked for among the newest 25,000 events of each partition.")
    List<Run> list(
            Caller who,
            @RequestParam(required = false) @Nullable String functionName,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable Long since,
            TagFilter tags) {
        var query =
                new RunQuery(who.organization(), given(functionName), given(event), instant(since), RunHistory.MOST);
        return history.newest(query).stream()
                .filter(run -> tags.matches(run.tags()))
                .toList();
    }

    @GetMapping("/{runName}")
    @Operation(operationId = "getRun", summary = "Shows a run")
    Run get(
            Caller who,
            @PathVariable("runName") UUID id,
            @RequestParam(required = false) @Nullable String functionName,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable Long since,
            TagFilter tags) {
        return history.find(who.organization(), id)
                .filter(run -> since == null || Math.max(run.executedTime(), run.finishedTime()) > since)
                .filter(run -> functionName == null
                        || functionName.isEmpty()
                        || run.functionName().equals(functionName))
                .filter(run -> tags.matches(run.tags()))
                .orElseThrow(() -> ApiException.notFound("function run", id.toString()));
    }

    /** Empty is as good as absent. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Seconds since 1970, negative too; what is beyond the calendar counts as its end. */
    private static Instant instant(@Nullable Long since) {
        if (since == null) {
            return Instant.EPOCH;
        }
        return Instant.ofEpochSecond(Math.clamp(
                since,
                Instant.MIN.getEpochSecond(),
                Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()));
    }
}
