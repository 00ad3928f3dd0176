package io.dispatch.cli.http;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server, and how it is talked to.
 *
 * @param url scheme, host and port; no path
 * @param organization sent with each request; empty is sent as empty
 * @param insecure whether any certificate will do
 * @param certificateAuthority a PEM file; only what its authorities have signed is believed. Null: the JDK's authorities
 * @param credentials by what it knows the caller
 */
public record Server(
        URI url,
        String organization,
        boolean insecure,
        @Nullable Path certificateAuthority,
        Credentials credentials) {

    /** The same for another organization. */
    public Server in(String otherOrganization) {
        return new Server(url, otherOrganization, insecure, certificateAuthority, credentials);
    }

    /** The same for another caller. */
    public Server as(Credentials other) {
        return new Server(url, organization, insecure, certificateAuthority, other);
    }
}
