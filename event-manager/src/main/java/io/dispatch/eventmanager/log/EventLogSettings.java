package io.dispatch.eventmanager.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long events are kept.
 *
 * @param keep at least so long, if there is room: 1 hour to 10 years
 * @param maxSize of the log on disk, indexes included: 64 MB or more
 */
@ConfigurationProperties("dispatch.events")
record EventLogSettings(
        @DefaultValue("7d") Duration keep,
        @DefaultValue("20GB") DataSize maxSize) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3653);
    private static final DataSize SMALLEST = DataSize.ofMegabytes(64);

    EventLogSettings {
        if (keep.compareTo(SHORTEST) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "dispatch.events.keep must be 1h to 3653d (10 years), but was %s".formatted(keep));
        }
        if (maxSize.compareTo(SMALLEST) < 0) {
            throw new IllegalArgumentException(
                    "dispatch.events.max-size must be 64MB or more, but was %s".formatted(maxSize));
        }
    }
}
