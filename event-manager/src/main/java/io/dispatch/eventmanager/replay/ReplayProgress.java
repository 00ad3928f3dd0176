package io.dispatch.eventmanager.replay;

import io.dispatch.eventmanager.log.LogSettingsStore;
import io.dispatch.eventmanager.stream.NewsStream;
import io.dispatch.eventmanager.stream.NewsStreams;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lets clients watch a replay: they get it whenever it has moved, until it is over. Safe for use by several threads. */
@Component
class ReplayProgress {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** The id of the last event: who comes back with it, as browsers do, has seen all. */
    private static final String END = "end";

    private final Replays replays;
    private final LogSettingsStore log;
    private final NewsStreams streams;
    private final JsonMapper json;

    ReplayProgress(Replays replays, LogSettingsStore log, NewsStreams streams, JsonMapper json) {
        this.replays = replays;
        this.log = log;
        this.streams = streams;
        this.json = json;
    }

    /**
     * Whether a request asks to watch: {@code text/event-stream} is named and JSON, which a client may name beside it, is not.
     *
     * @param accept the header of this name; null if there is none
     */
    static boolean isWanted(@Nullable String accept) {
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE) && !accept.contains("json");
    }

    /**
     * Answers with what there is to watch, or with 204 if the client has seen the end before.
     *
     * @param now as it was read for this request
     * @param lastEventId what the client got last; null if it is new
     */
    void answer(String organization, StoredReplay now, @Nullable String lastEventId, HttpServletResponse response) {
        if (END.equals(lastEventId) && now.end() != null) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        streams.answer(response, null, new Progress(organization, now));
    }

    /** One client's view of a replay. */
    private final class Progress implements NewsStreams.Source {
        private final String organization;
        private final UUID id;
        private @Nullable StoredReplay news;
        private @Nullable StoredReplay told;

        Progress(String organization, StoredReplay now) {
            this.organization = organization;
            this.id = now.id();
            this.news = now;
        }

        @Override
        public @Nullable Duration next(NewsStream stream) {
            Optional<StoredReplay> replay = news != null ? Optional.of(news) : replays.find(organization, id);
            news = null;
            if (replay.isEmpty()) {
                return null;
            }
            StoredReplay now = replay.get();
            boolean over = now.end() != null;
            if (told == null || over || !now.cursor().equals(told.cursor())) {
                stream.add(over ? END : null, "replay", json.writeValueAsString(now.toWire(log.keep(organization))));
                told = now;
            }
            return over ? null : LOOK_EVERY;
        }
    }
}
