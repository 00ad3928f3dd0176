package io.dispatch.cli.config;

import io.dispatch.cli.http.Server;

/**
 * Which server is meant, and why that one.
 *
 * @param server the server
 * @param why where its address comes from, for people
 * @param whyOrganization where the organization comes from
 */
public record Target(Server server, String why, String whyOrganization) {}
