package io.dispatch.cli.config;

import io.dispatch.cli.http.Credentials;
import io.dispatch.cli.http.Server;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Chooses the server and the caller: for each value the flag, else the variable {@code DISPATCH_…}, else the context, else a
 * default. Where nothing names a server it is the one that {@code dispatch up} last recorded as ready.
 */
public final class TargetChoice {

    private final Flags flags;
    private final Map<String, String> environment;
    private final ConfigFile config;

    public TargetChoice(Flags flags, Map<String, String> environment, ConfigFile config) {
        this.flags = flags;
        this.environment = environment;
        this.config = config;
    }

    /**
     * The choice.
     *
     * @throws CommandFailure if what was given names no server
     */
    public Target make() {
        Said host = said("host", flags.host());
        Said port = said("port", flags.port());
        Said scheme = said("scheme", flags.scheme());
        Optional<Said> named =
                List.of(host, port, scheme).stream().filter(Said::isThere).findFirst();
        Optional<LocalServer> local = named.isPresent() ? Optional.empty() : LocalServer.running(environment);
        Said organization = said("organization", flags.organization());
        String organizationName = organization.isThere()
                ? organization.value()
                : local.map(LocalServer::organization).orElse("");
        URI url = local.map(LocalServer::url)
                .orElseGet(() -> url(scheme.or("https"), host.or("localhost"), port.or("443")));
        boolean insecure = said("insecure", flags.insecure()).or("false").equalsIgnoreCase("true");
        Said authority = said("certificate-authority", flags.certificateAuthority());
        String why = named.map(Said::where)
                .or(() -> local.map(_ -> "`dispatch up` runs here"))
                .orElse("nothing names another, and no `dispatch up` runs here");
        String whyOrganization = organization.isThere()
                ? organization.where()
                : local.isPresent() ? "the one of `dispatch up`" : "nothing names one";
        return new Target(
                new Server(
                        url,
                        organizationName,
                        insecure,
                        authority.isThere() ? Path.of(authority.value()) : null,
                        credentials(organizationName, local)),
                why,
                whyOrganization);
    }

    private Credentials credentials(String organization, Optional<LocalServer> local) {
        Said token = said("token", flags.token());
        if (token.isThere()) {
            return new Credentials.Token(token.value());
        }
        Said account = said("service-account", flags.serviceAccount());
        Said key = said("jwt-private-key", flags.jwtPrivateKey());
        if (account.isThere() && key.isThere()) {
            return new Credentials.Account(issuer(account.value(), organization), Path.of(key.value()));
        }
        String cookie = Json.text(config.currentContext(), "cookie");
        if (!cookie.isEmpty()) {
            return new Credentials.Cookie(cookie);
        }
        String localAccount = local.map(LocalServer::serviceAccount).orElse(null);
        Path localKey = local.map(LocalServer::privateKey).orElse(null);
        return localAccount != null && localKey != null
                ? new Credentials.Account(localAccount, localKey)
                : Credentials.Cookie.NONE;
    }

    /** An account without an organization is one of the current organization. */
    private static String issuer(String account, String organization) {
        return account.contains("/") || organization.isEmpty() ? account : organization + "/" + account;
    }

    private static URI url(String scheme, String host, String port) {
        try {
            int number = Integer.parseInt(port);
            boolean known = scheme.equals("http") || scheme.equals("https");
            if (known && number >= 1 && number <= 65_535) {
                return new URI(scheme, null, host, number, null, null, null);
            }
        } catch (NumberFormatException | URISyntaxException e) {
            // Told below.
        }
        throw new CommandFailure("The server %s://%s:%s cannot be: the scheme is http or https, the port 1 to 65535."
                .formatted(scheme, host, port));
    }

    private Said said(String flag, @Nullable String given) {
        if (given != null) {
            return new Said(given, "--" + flag);
        }
        String variable = "DISPATCH_" + flag.toUpperCase(Locale.ROOT).replace('-', '_');
        String value = environment.getOrDefault(variable, "");
        if (!value.isEmpty()) {
            return new Said(value, "the variable " + variable);
        }
        return inContext(flag)
                .map(text -> new Said(text, "context %s in %s".formatted(config.current(), config.path())))
                .orElse(Said.NOTHING);
    }

    /** Some fields of a context have no dashes. */
    private Optional<String> inContext(String flag) {
        JsonNode context = config.currentContext();
        for (String field : List.of(flag, flag.replace("-", ""))) {
            String spelling = Json.spelling(context, field);
            if (spelling != null) {
                String text = Json.text(context, spelling);
                return text.isEmpty() || text.equals("0") ? Optional.empty() : Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private record Said(String value, String where) {

        static final Said NOTHING = new Said("", "");

        boolean isThere() {
            return !where.isEmpty();
        }

        String or(String otherwise) {
            return isThere() ? value : otherwise;
        }
    }
}
