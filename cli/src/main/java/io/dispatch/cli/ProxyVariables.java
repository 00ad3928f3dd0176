package io.dispatch.cli;

import io.dispatch.cli.output.CommandFailure;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} (in small letters, too), which other commands understand, as the
 * properties that the JDK understands ("Networking Properties" of {@code java.net}). This machine is never asked for by a proxy.
 */
final class ProxyVariables {

    private static final String THIS_MACHINE = "localhost|127.*|[::1]";

    private ProxyVariables() {}

    /** The properties; none where no proxy is named. */
    static Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        for (String scheme : List.of("http", "https")) {
            String proxy = value(environment, scheme + "_proxy");
            if (!proxy.isEmpty()) {
                URI address = address(scheme, proxy);
                properties.put(scheme + ".proxyHost", address.getHost());
                properties.put(scheme + ".proxyPort", Integer.toString(address.getPort() < 0 ? 80 : address.getPort()));
                properties.put("http.nonProxyHosts", exceptions(value(environment, "no_proxy")));
            }
        }
        return properties;
    }

    private static URI address(String scheme, String proxy) {
        try {
            URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new CommandFailure("The variable %s_PROXY names no proxy: write it as http://HOST:PORT, or unset it."
                .formatted(scheme.toUpperCase(Locale.ROOT)));
    }

    /** A name means also all below it. */
    private static String exceptions(String list) {
        StringBuilder hosts = new StringBuilder(THIS_MACHINE);
        for (String each : list.split(",", -1)) {
            String host = each.strip();
            if (host.equals("*")) {
                hosts.append("|*");
            } else if (!host.isEmpty()) {
                String name = host.startsWith(".") ? host.substring(1) : host;
                hosts.append('|').append(name).append("|*.").append(name);
            }
        }
        return hosts.toString();
    }

    private static String value(Map<String, String> environment, String variable) {
        String small = environment.getOrDefault(variable, "");
        return small.isEmpty() ? environment.getOrDefault(variable.toUpperCase(Locale.ROOT), "") : small;
    }
}
