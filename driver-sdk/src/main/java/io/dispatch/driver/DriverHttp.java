package io.dispatch.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** HTTP as a driver needs it: no redirects, no cookies, no retries but the driver's own, answers read up to 64 KiB and a bit. */
final class DriverHttp implements AutoCloseable {

    private static final int MAX_BODY = CheckpointStore.MAX_BYTES + 1024;
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    private final CloseableHttpClient client;

    /**
     * @param connections how many requests may be under way at once
     * @param answer how long to wait for an answer
     */
    DriverHttp(int connections, Duration answer) {
        Timeout wait = Timeout.of(answer);
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(wait)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
        client = HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(wait).build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("dispatch-driver")
                .build();
    }

    /** An answer whose body is cut at {@value #MAX_BODY} bytes. */
    record Answer(
            int status, @Nullable String etag, @Nullable String retryAfter, String body) {

        /** The body's beginning on one line, for a message to people. */
        String excerpt() {
            String line = body.replaceAll("\\p{Cntrl}+", " ").strip();
            return line.length() <= 200 ? line : line.substring(0, 200) + "…";
        }
    }

    Answer send(ClassicHttpRequest request) throws IOException {
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
            return new Answer(
                    response.getCode(), header(response, "ETag"), header(response, "Retry-After"), body(response));
        } catch (HttpException e) {
            throw new IOException("the answer is no HTTP: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** A body that is longer is left unread, so closing the response closes its connection too. */
    private static String body(ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return "";
        }
        InputStream content = response.getEntity().getContent();
        String body = new String(content.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        if (content.read() < 0) {
            content.close();
        }
        return body;
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
