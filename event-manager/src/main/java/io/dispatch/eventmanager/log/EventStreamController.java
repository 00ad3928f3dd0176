package io.dispatch.eventmanager.log;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.eventlog.EventLogSearch;
import io.dispatch.eventmanager.log.EventStream.Piece;
import io.dispatch.eventmanager.stream.NewsStream;
import io.dispatch.eventmanager.stream.NewsStreams;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/event/stream}: accepted events as they come, as server-sent events (HTML Living Standard, section 9.2). */
@RestController
@Tag(name = "Event log")
class EventStreamController {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final EventLogSearch log;
    private final LoggedEvents loggedEvents;
    private final Heads heads;
    private final NewsStreams streams;
    private final JsonMapper json;

    EventStreamController(
            EventLogSearch log, LoggedEvents loggedEvents, Heads heads, NewsStreams streams, JsonMapper json) {
        this.log = log;
        this.loggedEvents = loggedEvents;
        this.heads = heads;
        this.streams = streams;
        this.json = json;
    }

    @Operation(
            operationId = "streamEvents",
            summary = "Follow the accepted events as they come",
            description =
                    "Server-sent events, each named `event` with one LoggedEvent as its data. A client that falls more than 10,000"
                            + " events of a partition behind, whosever they are, gets one named `missed` and goes on from the end. After a break"
                            + " it goes on where it was, by the header `Last-Event-ID`, which browsers send by themselves.")
    @ApiResponse(
            responseCode = "200",
            description = "The events, without an end.",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "400",
            description = "The header is none that a stream gave.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Too many follow already.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
    @GetMapping("/v1/event/stream")
    void stream(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "Of this type; `*` stands for any run of characters, also none.")
                    @RequestParam(required = false)
                    @Nullable
                    String type,
            @Parameter(description = "The id of the last event that was got.")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String lastEventId,
            @Parameter(hidden = true) HttpServletResponse response) {
        List<Long> from = PageCursor.parse(lastEventId);
        String wanted = type == null || type.isEmpty() ? null : type;
        List<Long> start = from == null ? heads.now() : from;
        EventStream events = new EventStream(log, loggedEvents, caller.organization(), wanted, start);
        streams.answer(response, events.cursor(), stream -> news(events, stream));
    }

    private Duration news(EventStream events, NewsStream stream) {
        Piece piece = events.next(heads.now());
        if (piece.missed()) {
            stream.add(null, "missed", "{}");
        }
        piece.events().forEach(item -> stream.add(item.cursor(), "event", json.writeValueAsString(item.event())));
        return piece.more() ? Duration.ZERO : LOOK_EVERY;
    }
}
