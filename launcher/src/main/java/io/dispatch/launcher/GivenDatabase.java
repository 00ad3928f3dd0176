package io.dispatch.launcher;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A database on a server of the user's; it is left as it is when Dispatch stops. */
record GivenDatabase(String url, Properties credentials) implements Database {

    /**
     * Reads {@code --database-url}: {@code postgresql://user:password@host:port/database?parameters} or the same as JDBC
     * address with {@code user} and {@code password} among the parameters. What it does not say of user and password is
     * taken from {@code PGUSER} and {@code PGPASSWORD}, which are not visible in the process list.
     *
     * @throws LaunchException if it is neither
     */
    static GivenDatabase parse(String text, Map<String, String> environment) {
        URI uri = uri(text);
        Properties credentials = new Properties();
        copy(environment.get("PGUSER"), credentials, "user");
        copy(environment.get("PGPASSWORD"), credentials, "password");
        String userInfo = uri.getRawUserInfo();
        if (userInfo != null) {
            String[] parts = userInfo.split(":", 2);
            copy(decoded(parts[0]), credentials, "user");
            copy(parts.length == 2 ? decoded(parts[1]) : null, credentials, "password");
        }
        List<String> parameters = new ArrayList<>();
        String query = uri.getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            if (parts.length == 2 && (parts[0].equals("user") || parts[0].equals("password"))) {
                credentials.setProperty(parts[0], decoded(parts[1]));
            } else {
                parameters.add(parameter);
            }
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String rest = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return new GivenDatabase("jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + rest, credentials);
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text.replaceFirst("^jdbc:", ""));
            if (List.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawPath() != null
                    && uri.getRawPath().length() > 1) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Without quoting the text, which may hold a password.
        }
        throw new LaunchException(
                "--database-url must be postgresql://user:password@host:port/database, with special characters percent-encoded.");
    }

    private static void copy(@Nullable String value, Properties credentials, String name) {
        if (value != null) {
            credentials.setProperty(name, value);
        }
    }

    private static String decoded(String text) {
        // A plus sign stands for itself in an address.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, credentials);
    }

    @Override
    public void close() {
        // It is the user's.
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return url;
    }
}
