package io.dispatch.contracts;

/** The patterns of names, as regular expressions for a whole match (Go's {@code \w} is ASCII, and so is Java's). */
public final class Names {

    /** Subscriptions, driver types, secrets, functions, policies. */
    public static final String RESOURCE = "^[\\w\\d][\\w\\d\\-]*$";

    /** The sentence for a name that is not {@link #RESOURCE}. */
    public static final String RESOURCE_RULE =
            "should start with letter or number and may only contain letters, numbers, underscores and dashes";

    /** Organizations, and every name in a path that has no dot. */
    public static final String PATH = "^[\\w\\d\\-]+$";

    /** Service accounts, and names in a path that may have dots. */
    public static final String DOTTED = "^[\\w\\d\\-\\.]+$";

    /** What a client may say a resource is; it is ignored, and empty is as good as absent. */
    public static final String KIND = "^[\\w\\d\\-]*$";

    /** The sentence for a kind that is not {@link #KIND}, in the original's words. */
    public static final String KIND_RULE = "in body should match '" + PATH + "'";

    /** Drivers: a DNS subdomain (RFC 1123), so that the guide's {@code vcenter1.example.com} is one. */
    public static final String DRIVER = "^[a-z0-9]([a-z0-9\\-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9\\-]*[a-z0-9])?)*$";

    /** The sentence for a name that is not {@link #DRIVER}. */
    public static final String DRIVER_RULE =
            "should start and end with lower case letter or number and may only contain lower case letters, numbers,"
                    + " dashes and dots";

    /** The longest driver name, in characters. */
    public static final int DRIVER_MAX = 253;

    /** The longest name of any other resource, in characters. */
    public static final int RESOURCE_MAX = 253;

    /** The longest driver type name, in characters. */
    public static final int DRIVER_TYPE_MAX = 32;

    /** The longest event type, in characters. */
    public static final int EVENT_TYPE_MAX = 128;

    private Names() {}
}
