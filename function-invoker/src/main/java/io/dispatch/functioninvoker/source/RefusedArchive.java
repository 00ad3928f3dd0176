package io.dispatch.functioninvoker.source;

import java.io.IOException;

/** An archive breaks a rule; the message goes on after the name of the field, such as {@code is no gzip archive}. */
final class RefusedArchive extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedArchive(String message) {
        super(message);
    }
}
