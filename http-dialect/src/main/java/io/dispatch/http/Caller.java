package io.dispatch.http;

/**
 * Who calls, as the gateway vouches for it. A controller takes it as a parameter.
 *
 * @param organization the tenant that the request may see and change, and no other
 * @param subject {@code organization/account}, {@code driver:<id>}, {@code local}, {@code gateway} or a bootstrap user
 * @param scope what the caller may do
 */
public record Caller(String organization, String subject, Scope scope) {

    /** The request attribute that holds the caller once it is known. */
    public static final String ATTRIBUTE = Caller.class.getName();

    /** Whether the caller may do this to that kind of resource, such as {@code reveal} to {@code secret}. */
    public boolean may(String resource, String action) {
        return scope.allows(resource, action);
    }
}
