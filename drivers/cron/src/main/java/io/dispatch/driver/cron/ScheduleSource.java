package io.dispatch.driver.cron;

import io.cloudevents.CloudEvent;
import io.dispatch.driver.Batch;
import io.dispatch.driver.Checkpoint;
import io.dispatch.driver.CheckpointConflictException;
import io.dispatch.driver.CheckpointStore;
import io.dispatch.driver.DriverContext;
import io.dispatch.driver.PollingSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One schedule as something to poll. Its checkpoint is the last scheduled instant that was acknowledged. Thread-safe. */
final class ScheduleSource implements PollingSource {

    private static final int SIDE_BY_SIDE = 16;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The checkpoint's document. */
    private record Progress(Instant scheduled, long sequence) {}

    private final String text;
    private final Schedule schedule;
    private final FirePlan.Rules rules;
    private final Fires fires;
    private final DriverContext context;
    private final String key;
    private @Nullable FirePlan plan;
    private @Nullable String version;
    private long sequence;
    private Instant freeSince = Instant.MIN;

    /** @param text the schedule as the user wrote it, with all that changes its meaning: another text is another schedule */
    ScheduleSource(String text, Schedule schedule, FirePlan.Rules rules, Fires fires, DriverContext context) {
        this.text = text;
        this.schedule = schedule;
        this.rules = rules;
        this.fires = fires;
        this.context = context;
        this.key = "schedule-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int batchesInFlight() {
        return rules.overlap() == Overlap.ALLOW ? SIDE_BY_SIDE : 1;
    }

    @Override
    public synchronized Batch poll() throws IOException {
        Instant now = context.clock().instant();
        if (plan == null) {
            plan = restored(now);
        }
        FirePlan.Due due = plan.due(now, freeSince);
        if (due.fires().isEmpty()) {
            return Batch.empty(due.next());
        }
        List<CloudEvent> events = new ArrayList<>();
        for (Instant fire : due.fires()) {
            int missed = events.isEmpty() ? due.missed() : 0;
            events.add(fires.event(new Fires.Fire(text, fire, now, ++sequence, missed)));
        }
        Progress progress = new Progress(due.fires().getLast(), sequence);
        return new Batch(events, () -> save(progress), due.next());
    }

    private FirePlan restored(Instant now) throws IOException {
        freeSince = now;
        Optional<Checkpoint> stored = context.checkpoints().read(key);
        if (stored.isEmpty()) {
            return new FirePlan(schedule, rules, context.random(), now);
        }
        Progress progress = JSON.readValue(stored.get().document(), Progress.class);
        version = stored.get().version();
        sequence = progress.sequence();
        return new FirePlan(schedule, rules, context.random(), progress.scheduled());
    }

    private synchronized void save(Progress progress) throws IOException {
        CheckpointStore checkpoints = context.checkpoints();
        try {
            version = checkpoints
                    .write(key, JSON.writeValueAsString(progress), version)
                    .version();
            freeSince = context.clock().instant();
        } catch (CheckpointConflictException e) {
            // Told as trouble by the caller, who tries again: then over what the other process wrote.
            version = checkpoints.read(key).map(Checkpoint::version).orElse(null);
            throw e;
        }
    }
}
