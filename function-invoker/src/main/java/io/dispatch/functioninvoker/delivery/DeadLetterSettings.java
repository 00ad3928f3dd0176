package io.dispatch.functioninvoker.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long dead letters are kept.
 *
 * @param keep so long after they died: 1 hour to 10 years
 */
@ConfigurationProperties("dispatch.dead-letters")
record DeadLetterSettings(@DefaultValue("30d") Duration keep) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3653);

    DeadLetterSettings {
        if (keep.compareTo(SHORTEST) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "dispatch.dead-letters.keep must be 1h to 3653d (10 years), but was %s".formatted(keep));
        }
    }
}
