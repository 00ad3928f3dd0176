package io.dispatch.contracts;

/** The rule a request broke, as the {@code code} of an answer with HTTP status 422. */
public enum ErrorCode {
    /** Not of the expected form, such as something that should be a UUID. */
    FORMAT(601),
    /** A field, header, query parameter or body that must be there is not. */
    REQUIRED(602),
    /** Longer than allowed. */
    TOO_LONG(603),
    /** Shorter than allowed. */
    TOO_SHORT(604),
    /** Does not match the pattern. */
    PATTERN(605),
    /** Not one of the allowed values. */
    ENUM(606);

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
