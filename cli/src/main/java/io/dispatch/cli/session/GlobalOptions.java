package io.dispatch.cli.session;

import io.dispatch.cli.config.Flags;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.OutputFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that stand before or after any command. */
public class GlobalOptions {

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The file with the contexts (default ~/.dispatch/config.json).")
    private @Nullable String config;

    @Option(
            names = "--host",
            scope = ScopeType.INHERIT,
            paramLabel = "HOST",
            description = "The server (default the one that `dispatch up` runs here, else localhost).")
    private @Nullable String host;

    @Option(names = "--port", scope = ScopeType.INHERIT, paramLabel = "PORT", description = "Its port (default 443).")
    private @Nullable String port;

    @Option(
            names = "--scheme",
            scope = ScopeType.INHERIT,
            paramLabel = "SCHEME",
            description = "http or https (default https).")
    private @Nullable String scheme;

    @Option(
            names = "--organization",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The organization that is meant.")
    private @Nullable String organization;

    @Option(
            names = "--insecure",
            scope = ScopeType.INHERIT,
            description = "Believe whatever certificate the server shows.")
    private @Nullable Boolean insecure;

    @Option(
            names = "--certificate-authority",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "A PEM file: believe only a server whose certificate one of its authorities has signed.")
    private @Nullable String certificateAuthority;

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            description = "A bearer token, used as it is; better given as DISPATCH_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--service-account",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The account that calls, [ORGANIZATION/]ACCOUNT.")
    private @Nullable String serviceAccount;

    @Option(
            names = "--jwt-private-key",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The account's private key, a PEM file.")
    private @Nullable String jwtPrivateKey;

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            description = "json, yaml, wide or name.")
    private @Nullable String output;

    @Option(names = "--json", scope = ScopeType.INHERIT, hidden = true)
    private boolean json;

    Flags flags() {
        return new Flags(
                config,
                host,
                port,
                scheme,
                organization,
                insecure == null ? null : insecure.toString(),
                certificateAuthority,
                token,
                serviceAccount,
                jwtPrivateKey);
    }

    boolean oldJson() {
        return json;
    }

    OutputFormat format() {
        String given = output;
        if (given == null) {
            return json ? OutputFormat.JSON : OutputFormat.TEXT;
        }
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "json" -> OutputFormat.JSON;
            case "yaml", "yml" -> OutputFormat.YAML;
            case "wide" -> OutputFormat.WIDE;
            case "name" -> OutputFormat.NAME;
            default -> throw new CommandFailure("-o %s is not known: it is json, yaml, wide or name.".formatted(given));
        };
    }
}
