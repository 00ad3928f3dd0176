package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the newest {@value #KEPT} refused events in the checkpoint {@value #KEY}, each with the refusal and the beginning of its
 * data, so that they can be looked at where the driver's progress is. Thread-safe.
 */
final class RecentDeadLetters implements Consumer<DeadLetter> {

    static final String KEY = "dead-letters";
    static final int KEPT = 10;
    /** JSON may need six characters for one: ten of these always fit into a checkpoint. */
    private static final int MAX_TEXT = 500;

    private static final Logger LOG = LoggerFactory.getLogger(RecentDeadLetters.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CheckpointStore checkpoints;
    private final Clock clock;

    RecentDeadLetters(CheckpointStore checkpoints, Clock clock) {
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    @Override
    public synchronized void accept(DeadLetter letter) {
        try {
            Optional<Checkpoint> stored = checkpoints.read(KEY);
            List<Map<String, String>> letters = new ArrayList<>();
            letters.add(entry(letter));
            stored.ifPresent(
                    checkpoint -> letters.addAll(JSON.readValue(checkpoint.document(), new TypeReference<>() {})));
            checkpoints.write(
                    KEY,
                    JSON.writeValueAsString(letters.subList(0, Math.min(KEPT, letters.size()))),
                    stored.map(Checkpoint::version).orElse(null));
        } catch (IOException e) {
            // The refusal itself is already in the log and in the metrics; the copy is a convenience.
            LOG.warn("dead letter not kept id={} reason=\"{}\"", letter.event().getId(), e.getMessage());
        }
    }

    private Map<String, String> entry(DeadLetter letter) {
        CloudEvent event = letter.event();
        return Map.of(
                "at", clock.instant().toString(),
                "status", Integer.toString(letter.status()),
                "reason", cut(letter.reason()),
                "id", cut(event.getId()),
                "source", cut(event.getSource().toString()),
                "type", cut(event.getType()),
                "data", data(event));
    }

    private static String data(CloudEvent event) {
        CloudEventData data = event.getData();
        return data == null ? "" : cut(new String(data.toBytes(), StandardCharsets.UTF_8));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
