package io.dispatch.workloads;

import java.time.Instant;

/**
 * How a program ended.
 *
 * @param code the exit code; 128 + n when signal n ended it; {@value #CANNOT_START} also when it could not be started
 * @param lastLine the last line with text that this run of the program printed, at most 500 characters and without
 *     control characters; why it could not be started; empty when it printed nothing
 * @param at when the end was seen
 */
public record Exit(int code, String lastLine, Instant at) {

    /** The code a shell gives for a program it cannot run. */
    public static final int CANNOT_START = 127;
}
