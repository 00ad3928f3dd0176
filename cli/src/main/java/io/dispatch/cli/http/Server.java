package io.dispatch.cli.http;

import java.net.URI;

/**
 * A server, and how it is talked to.
 *
 * @param url scheme, host and port; no path
 * @param organization sent with each request; empty is sent as empty
 * @param insecure whether any certificate will do
 * @param credentials by what it knows the caller
 */
public record Server(URI url, String organization, boolean insecure, Credentials credentials) {

    /** The same for another organization. */
    public Server in(String otherOrganization) {
        return new Server(url, otherOrganization, insecure, credentials);
    }

    /** The same for another caller. */
    public Server as(Credentials other) {
        return new Server(url, organization, insecure, other);
    }
}
