package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.event.LegacyEmission;
import java.util.List;

/** What one request asks to be emitted. */
sealed interface Emission {

    /** All its events, in order. */
    List<Event> events();

    /** One CloudEvent of version 1.0 or 0.3. */
    record Single(Event event) implements Emission {
        @Override
        public List<Event> events() {
            return List.of(event);
        }
    }

    /** A batch of CloudEvents, possibly empty; accepted as a whole or not at all. */
    record Batch(List<Event> events) implements Emission {}

    /** One event of the 0.1 dialect, and how the answer has to repeat it. */
    record Legacy(LegacyEmission emission, Event event) implements Emission {
        @Override
        public List<Event> events() {
            return List.of(event);
        }
    }
}
