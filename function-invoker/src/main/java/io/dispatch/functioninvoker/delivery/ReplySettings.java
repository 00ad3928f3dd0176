package io.dispatch.functioninvoker.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How functions may answer with events.
 *
 * @param maxHops how many such answers, one to the other, may come of an event: 1 to 255
 */
@ConfigurationProperties("dispatch.replies")
record ReplySettings(@DefaultValue("8") int maxHops) {

    private static final int MOST = 255;

    ReplySettings {
        if (maxHops < 1 || maxHops > MOST) {
            throw new IllegalArgumentException(
                    "dispatch.replies.max-hops must be 1 to %d, but was %d".formatted(MOST, maxHops));
        }
    }
}
