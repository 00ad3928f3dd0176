package io.dispatch.http;

/** A resource's version as a strong entity tag (RFC 9110 section 8.8.3). */
public final class Etag {

    private Etag() {}

    /** The header's value. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }
}
