package io.dispatch.driver;

import java.io.IOException;

/** Somebody else has written the checkpoint since it was read. */
public final class CheckpointConflictException extends IOException {

    CheckpointConflictException(String key) {
        super("checkpoint %s was changed by another process; is this driver running twice?".formatted(key));
    }
}
