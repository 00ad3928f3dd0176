package io.dispatch.cli.http;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The API of one server. By HttpURLConnection, which lets a command start a tenth of a second earlier than the newer client.
 * For one thread.
 */
public final class Api {

    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(30);
    /** A function may take 15 minutes. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(16);

    private static final String JSON = "application/json";

    private final Server server;
    private final Trust trust;
    private final Clock clock;
    private Credentials.@Nullable Header credentials;

    public Api(Server server, Clock clock) {
        this.server = server;
        this.trust = new Trust(server);
        this.clock = clock;
    }

    /** Whom it talks to. */
    public Server server() {
        return server;
    }

    /**
     * Reads JSON.
     *
     * @throws CommandFailure if the server refuses or does not answer
     */
    public JsonNode get(String path) {
        return send("GET", path, null).orThrow().json();
    }

    /**
     * Creates something and gives what was answered.
     *
     * @throws CommandFailure if the server refuses or does not answer
     */
    public JsonNode post(String path, JsonNode body) {
        return send("POST", path, body).orThrow().json();
    }

    /**
     * Sends one request.
     *
     * @param path absolute, encoded, with its query
     * @throws CommandFailure if the server does not answer
     */
    public Answer send(String method, String path, @Nullable JsonNode body) {
        return send(method, path, body, Map.of());
    }

    /** The same with more headers. */
    public Answer send(String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
        try {
            return exchange(method, path, body == null ? null : Json.write(body), headers);
        } catch (IOException e) {
            throw new CommandFailure(Unreachable.sentence(server, e), e);
        }
    }

    /**
     * Reads an answer that may have no end, line by line.
     *
     * @param line takes each line; false to read no more
     * @return whether it was the receiver who ended it
     * @throws CommandFailure if the server refuses
     * @throws IOException if it does not answer or breaks off
     */
    public boolean lines(String path, Map<String, String> headers, Predicate<String> line) throws IOException {
        HttpURLConnection connection = open("GET", path, headers);
        int status = connection.getResponseCode();
        if (status >= 400) {
            throw ApiFailure.of(new Answer(status, text(connection.getErrorStream()), null, null, null));
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                if (!line.test(next)) {
                    return true;
                }
            }
            return false;
        } finally {
            connection.disconnect();
        }
    }

    private Answer exchange(String method, String path, @Nullable String body, Map<String, String> headers)
            throws IOException {
        HttpURLConnection connection = open(method, path, headers);
        if (body != null) {
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        int status = connection.getResponseCode();
        long date = connection.getDate();
        return new Answer(
                status,
                text(status >= 400 ? connection.getErrorStream() : connection.getInputStream()),
                connection.getHeaderField("ETag"),
                date == 0 ? null : Instant.ofEpochMilli(date),
                next(connection.getHeaderField("Link")));
    }

    private HttpURLConnection open(String method, String path, Map<String, String> headers) throws IOException {
        URI uri = URI.create(server.url() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection https) {
            trust.applyTo(https);
        }
        connection.setConnectTimeout((int) TIME_TO_CONNECT.toMillis());
        boolean isRun = method.equals("POST") && path.startsWith("/v1/runs");
        connection.setReadTimeout((int) (isRun ? LONGEST_RUN : TIME_TO_ANSWER).toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", JSON);
        connection.setRequestProperty("User-Agent", "dispatch-cli");
        connection.setRequestProperty("X-Dispatch-Org", server.organization());
        Credentials.Header credential = credentials();
        connection.setRequestProperty(credential.name(), credential.value());
        if (!method.equals("GET")) {
            connection.setRequestProperty("Content-Type", JSON);
        }
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static @Nullable String next(@Nullable String link) {
        boolean isNext = link != null && link.startsWith("<") && link.endsWith(">; rel=\"next\"");
        return link != null && isNext ? link.substring(1, link.indexOf('>')) : null;
    }

    /** Made once a command, as signing takes its time. */
    private Credentials.Header credentials() {
        Credentials.Header known = credentials;
        if (known == null) {
            known = server.credentials().header(clock);
            credentials = known;
        }
        return known;
    }

    private static String text(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * A query with its question mark, percent-encoded; empty where no parameter has a value.
     *
     * @param parameters by name, in order; those that are null or empty are left out
     */
    public static String query(Map<String, ? extends @Nullable String> parameters) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> {
            if (value != null && !value.isEmpty()) {
                query.add(name + "=" + encoded(value));
            }
        });
        return query.toString();
    }

    /** A piece of a path or a query, percent-encoded. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
