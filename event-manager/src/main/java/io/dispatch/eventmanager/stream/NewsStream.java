package io.dispatch.eventmanager.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer of server-sent events (HTML Living Standard, section 9.2). For one thread. */
public final class NewsStream {
    /** The gateway gives up what is silent for longer than 30 s. */
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(10);

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder();
    private long writtenAt = System.nanoTime();

    private NewsStream(OutputStream out) {
        this.out = out;
    }

    static NewsStream begin(HttpServletResponse response, @Nullable String id) throws IOException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        NewsStream stream = new NewsStream(response.getOutputStream());
        stream.text.append(id == null ? "" : "id: " + id + "\n").append("retry: 1000\n\n");
        return stream;
    }

    /**
     * Adds an event to what is sent next.
     *
     * @param id what a client sends as {@code Last-Event-ID} after a break; null leaves what it had
     * @param name of the event
     * @param data any text; one of several lines is sent as such
     */
    public void add(@Nullable String id, String name, String data) {
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        text.append("event: ").append(name).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        text.append('\n');
    }

    /** Sends what was added, or a sign of life if nothing has been sent for long. */
    void send() throws IOException {
        if (text.isEmpty() && System.nanoTime() - writtenAt > ALIVE_EVERY.toNanos()) {
            text.append(":\n\n");
        }
        if (!text.isEmpty()) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            text.setLength(0);
            writtenAt = System.nanoTime();
        }
    }
}
