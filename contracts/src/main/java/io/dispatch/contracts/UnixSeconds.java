package io.dispatch.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as the original's wire has them: whole seconds since 1970, and the first second of year 1 for "never". */
public final class UnixSeconds {

    /** 0001-01-01T00:00:00Z: what the original answers for a time that has not come. */
    public static final long NEVER = -62_135_596_800L;

    private UnixSeconds() {}

    /**
     * The seconds of an instant.
     *
     * @param instant null means never
     * @return whole seconds, rounded down
     */
    public static long of(@Nullable Instant instant) {
        return instant == null ? NEVER : instant.getEpochSecond();
    }
}
