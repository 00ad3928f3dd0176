package io.dispatch.eventmanager.replay;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.log.LogSettings.Keep;
import io.dispatch.contracts.replay.Replay;
import io.dispatch.contracts.replay.ReplayPreview;
import io.dispatch.contracts.replay.ReplayRequest;
import io.dispatch.eventmanager.log.LogSettingsStore;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/replays}. */
@RestController
@RequestMapping(ReplayController.PATH)
@Tag(name = "Replays", description = "Events of the log, delivered once more.")
class ReplayController {
    static final String PATH = "/v1/replays";
    private static final String NOT_FOUND = "The organization has no replay with this id.";

    private final Replays replays;
    private final DryRun dryRun;
    private final LogSettingsStore log;
    private final ReplayProgress progress;
    private final Clock clock;

    ReplayController(Replays replays, DryRun dryRun, LogSettingsStore log, ReplayProgress progress, Clock clock) {
        this.replays = replays;
        this.dryRun = dryRun;
        this.log = log;
        this.progress = progress;
        this.clock = clock;
    }

    @Operation(
            operationId = "createReplay",
            summary = "Deliver events of the log once more",
            description =
                    "They go to one subscription, whatever its own type and filters say, or to one function, and to"
                            + " nobody else. Each carries the replay's id in the extension `dispatchreplay`, and is an event of its"
                            + " own in the log. With `dryRun` nothing is changed.")
    @ApiResponse(
            responseCode = "200",
            description = "Of a dry run: what would be delivered.",
            content = @Content(schema = @Schema(implementation = ReplayPreview.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The replay, which goes on by itself.",
            headers =
                    @Header(
                            name = HttpHeaders.LOCATION,
                            description = "Where its progress is read.",
                            schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = Replay.class)))
    @ApiResponse(
            responseCode = "400",
            description = "The request makes no sense; the message says where.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "404",
            description = "The organization has no subscription of this name.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "422",
            description = "A field breaks its rule; `code` is 601 to 606.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "429",
            description = "Too many replays are under way.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @PostMapping
    ResponseEntity<?> create(@Valid @RequestBody ReplayRequest request, @Parameter(hidden = true) Caller caller) {
        String organization = caller.organization();
        String subscription = request.subscription();
        String function = request.function();
        if ((subscription == null) == (function == null)) {
            throw ApiException.badRequest("exactly one of subscription and function in body is required");
        }
        Wanted wanted = Wanted.of(organization, request.query(), clock.instant());
        Keep keep = log.keep(organization);
        if (Boolean.TRUE.equals(request.dryRun())) {
            if (subscription != null) {
                replays.checkSubscription(organization, subscription);
            }
            return ResponseEntity.ok(dryRun.of(wanted, keep));
        }
        StoredReplay created = subscription != null
                ? replays.toSubscription(wanted, subscription)
                : replays.toFunction(wanted, Objects.requireNonNull(function));
        return ResponseEntity.created(URI.create(PATH + "/" + created.id())).body(created.toWire(keep));
    }

    @Operation(operationId = "listReplays", summary = "List replays, the newest first")
    @ApiResponse(
            responseCode = "200",
            description = "The newest 1,000 of the organization; one that has ended is kept for 30 days.")
    @GetMapping
    List<Replay> list(@Parameter(hidden = true) Caller caller) {
        Keep keep = log.keep(caller.organization());
        return replays.list(caller.organization()).stream()
                .map(replay -> replay.toWire(keep))
                .toList();
    }

    @Operation(
            operationId = "getReplay",
            summary = "Read or watch how far a replay is",
            description =
                    "With `Accept: text/event-stream` it is watched: server-sent events named `replay`, each with the"
                            + " replay as its data, whenever it has moved, and an end when it is over.")
    @ApiResponse(
            responseCode = "200",
            description = "The replay.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Replay.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "503",
            description = "To `text/event-stream`: too many follow something already.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "404",
            description = NOT_FOUND,
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @GetMapping("/{replayId}")
    @Nullable
    Replay get(
            @PathVariable("replayId") UUID id,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable
                    String accept,
            @Parameter(hidden = true) @RequestHeader(name = "Last-Event-ID", required = false) @Nullable
                    String lastEventId,
            @Parameter(hidden = true) HttpServletResponse response) {
        StoredReplay replay = found(replays.find(caller.organization(), id), id);
        if (ReplayProgress.isWanted(accept)) {
            progress.answer(caller.organization(), replay, lastEventId, response);
            return null;
        }
        return replay.toWire(log.keep(caller.organization()));
    }

    @Operation(
            operationId = "cancelReplay",
            summary = "Cancel a replay",
            description =
                    "No further event is handed over, and what is still to be delivered ends as dead letters. A replay"
                            + " that is done may be cancelled too.")
    @ApiResponse(responseCode = "200", description = "The replay as it is now.")
    @ApiResponse(
            responseCode = "404",
            description = NOT_FOUND,
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @DeleteMapping("/{replayId}")
    Replay cancel(@PathVariable("replayId") UUID id, @Parameter(hidden = true) Caller caller) {
        return found(replays.cancel(caller.organization(), id), id).toWire(log.keep(caller.organization()));
    }

    private static StoredReplay found(Optional<StoredReplay> replay, UUID id) {
        return replay.orElseThrow(() -> ApiException.notFound("replay", id.toString()));
    }
}
