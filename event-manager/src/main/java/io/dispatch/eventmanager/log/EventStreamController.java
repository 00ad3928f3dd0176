package io.dispatch.eventmanager.log;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.eventlog.EventLogSearch;
import io.dispatch.eventmanager.log.EventStream.Item;
import io.dispatch.eventmanager.log.EventStream.Piece;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/event/stream}: accepted events as they come, as server-sent events (HTML Living Standard, section 9.2). */
@RestController
@Tag(name = "Event log")
class EventStreamController {
    private static final Logger logger = LoggerFactory.getLogger(EventStreamController.class);

    /** Clients of one process. */
    private static final int MOST = 64;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** The gateway gives up what is silent for longer than 30 s. */
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final EventLogSearch log;
    private final LoggedEvents loggedEvents;
    private final Heads heads;
    private final JsonMapper json;
    private final Semaphore free = new Semaphore(MOST);
    private final CountDownLatch stopping = new CountDownLatch(1);

    EventStreamController(EventLogSearch log, LoggedEvents loggedEvents, Heads heads, JsonMapper json) {
        this.log = log;
        this.loggedEvents = loggedEvents;
        this.heads = heads;
        this.json = json;
    }

    /** Before the server waits for the requests that are under way. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping.countDown();
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
        if (!free.tryAcquire()) {
            throw ApiException.unavailable(
                    "%d clients follow the events already: try again later".formatted(MOST), RETRY_AFTER);
        }
        try {
            String wanted = type == null || type.isEmpty() ? null : type;
            List<Long> start = from == null ? heads.now() : from;
            write(new EventStream(log, loggedEvents, caller.organization(), wanted, start), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException clientIsGone) {
            logger.atDebug()
                    .addKeyValue("organization", caller.organization())
                    .addKeyValue("reason", clientIsGone.getMessage())
                    .log("a client follows the events no more");
        } catch (DataAccessException e) {
            // The answer has begun: it ends here, and the client comes back with the last id it got.
            logger.atWarn().addKeyValue("reason", e.getMessage()).log("events cannot be followed right now");
        } finally {
            free.release();
        }
    }

    private void write(EventStream stream, HttpServletResponse response) throws IOException, InterruptedException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        OutputStream out = response.getOutputStream();
        out.write("id: %s\nretry: 1000\n\n".formatted(stream.cursor()).getBytes(StandardCharsets.UTF_8));
        out.flush();
        long writtenAt = System.nanoTime();
        boolean more = false;
        while (!stopping.await(more ? 0 : LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            Piece piece = stream.next(heads.now());
            more = piece.more();
            StringBuilder text = new StringBuilder();
            if (piece.missed()) {
                text.append("event: missed\ndata: {}\n\n");
            }
            piece.events().forEach(item -> append(text, item));
            if (text.isEmpty() && System.nanoTime() - writtenAt > ALIVE_EVERY.toNanos()) {
                text.append(":\n\n");
            }
            if (!text.isEmpty()) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
                writtenAt = System.nanoTime();
            }
        }
    }

    /** A payload may be JSON over several lines, which only data of several lines can hold. */
    private void append(StringBuilder text, Item item) {
        text.append("id: ").append(item.cursor()).append("\nevent: event\n");
        json.writeValueAsString(item.event())
                .lines()
                .forEach(line -> text.append("data: ").append(line).append('\n'));
        text.append('\n');
    }
}
