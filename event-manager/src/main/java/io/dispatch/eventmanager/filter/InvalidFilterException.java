package io.dispatch.eventmanager.filter;

/** What was sent is no filter. The message is one sentence that begins with the place, as a JSON pointer (RFC 6901). */
public final class InvalidFilterException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidFilterException(String path, String rule) {
        super(path + " in body " + rule, null, false, false);
    }
}
