package io.dispatch.eventmanager.log;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.log.LogSettings;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/event/log}. */
@RestController
@RequestMapping("/v1/event/log")
@Tag(name = "Event log")
class LogSettingsController {
    private static final Duration SHORTEST = Duration.parse(LogSettings.SHORTEST_WINDOW);
    private static final Duration LONGEST = Duration.parse(LogSettings.LONGEST_WINDOW);

    private final LogSettingsStore store;

    LogSettingsController(LogSettingsStore store) {
        this.store = store;
    }

    @Operation(operationId = "getLogSettings", summary = "Read how the organization's event log is kept")
    @ApiResponse(responseCode = "200", description = "The settings; `ETag` is their version.")
    @GetMapping
    ResponseEntity<LogSettings> get(@Parameter(hidden = true) Caller caller) {
        return answer(store.of(caller.organization()));
    }

    @Operation(
            operationId = "replaceLogSettings",
            summary = "Change how the organization's event log is kept",
            description = "Once this is answered, it holds for every later event.")
    @ApiResponse(responseCode = "200", description = "The settings.")
    @ApiResponse(
            responseCode = "412",
            description = "They have changed since; `ETag` tells the version they are at.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "422",
            description = "`keep` is missing or is no word of these, or `deduplicate` is no duration within its bounds;"
                    + " `code` is 602, 606 or 601.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @PutMapping
    ResponseEntity<LogSettings> replace(
            @Valid @RequestBody LogSettings wanted,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) Caller caller) {
        check(wanted.deduplicate());
        try {
            return answer(store.replace(caller.organization(), wanted, ifMatch));
        } catch (DataIntegrityViolationException e) {
            throw new OptimisticLockingFailureException("somebody else made the row at the same time", e);
        }
    }

    private static void check(@Nullable String window) {
        if (window == null) {
            return;
        }
        Duration duration = parsed(window);
        if (duration == null || duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT,
                    "deduplicate",
                    window,
                    "deduplicate in body must be an ISO 8601 duration of %s to %s, but was %s"
                            .formatted(SHORTEST, LONGEST, window));
        }
    }

    private static @Nullable Duration parsed(String window) {
        try {
            return Duration.parse(window);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static ResponseEntity<LogSettings> answer(LogSettingsRow row) {
        return ResponseEntity.ok().eTag(Etag.of(row.version())).body(row.toWire());
    }
}
