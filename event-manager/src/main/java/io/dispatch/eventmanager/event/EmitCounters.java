package io.dispatch.eventmanager.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts the events that were kept, those that were dropped and those that were kept before, by organization. */
@Component
class EmitCounters {
    private final MeterRegistry registry;
    private final Map<String, Kept> organizations = new ConcurrentHashMap<>();

    private record Kept(Counter kept, Counter dropped, Counter duplicates) {}

    EmitCounters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String organization, List<Acceptance> acceptances) {
        Kept counters = organizations.computeIfAbsent(
                organization,
                name -> new Kept(
                        registry.counter("dispatch.events.kept", "organization", name),
                        registry.counter("dispatch.events.dropped", "organization", name),
                        registry.counter("dispatch.events.duplicates", "organization", name)));
        for (Acceptance acceptance : acceptances) {
            if (acceptance.duplicate()) {
                counters.duplicates().increment();
            } else {
                (acceptance.position() != null ? counters.kept() : counters.dropped()).increment();
            }
        }
    }
}
