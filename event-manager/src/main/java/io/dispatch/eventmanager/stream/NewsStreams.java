package io.dispatch.eventmanager.stream;

import io.dispatch.http.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Everybody who follows something: so many at once, each until there is no more news, it goes away or this process stops. */
@Component
public class NewsStreams {
    private static final Logger logger = LoggerFactory.getLogger(NewsStreams.class);

    /** Clients of one process. */
    private static final int MOST = 64;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Semaphore free = new Semaphore(MOST);
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** What is followed. */
    @FunctionalInterface
    public interface Source {

        /** Adds what is new and says when to look again; null if nothing more will come. */
        @Nullable
        Duration next(NewsStream stream);
    }

    /** Before the server waits for the requests that are under way. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping.countDown();
    }

    /**
     * Answers with the news of a source until there is an end; occupies the calling thread.
     *
     * @param id what a client sends as {@code Last-Event-ID} if it comes back before there was any news; null for nothing
     * @throws ApiException 503 if too many follow already
     */
    public void answer(HttpServletResponse response, @Nullable String id, Source source) {
        if (!free.tryAcquire()) {
            throw ApiException.unavailable("%d clients follow already: try again later".formatted(MOST), RETRY_AFTER);
        }
        try {
            NewsStream stream = NewsStream.begin(response, id);
            Duration wait = source.next(stream);
            stream.send();
            while (wait != null && !stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = source.next(stream);
                stream.send();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException clientIsGone) {
            logger.atDebug().addKeyValue("reason", clientIsGone.getMessage()).log("a client follows no more");
        } catch (DataAccessException e) {
            // The answer has begun: it ends here, and the client comes back with the last id it got.
            logger.atWarn().addKeyValue("reason", e.getMessage()).log("news cannot be followed right now");
        } finally {
            free.release();
        }
    }
}
