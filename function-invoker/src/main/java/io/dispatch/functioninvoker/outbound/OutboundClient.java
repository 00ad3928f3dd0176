package io.dispatch.functioninvoker.outbound;

import io.dispatch.functioninvoker.outbound.Answer.Answered;
import io.dispatch.functioninvoker.outbound.Answer.Unanswered;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client that functions are called with and their sources are fetched with: pooled connections that are kept alive,
 * no redirects, no cookies, no retries of its own, and a bound on the time and the size of each exchange. Safe for any number
 * of virtual threads.
 */
public final class OutboundClient implements AutoCloseable {

    private static final TimeValue IDLE_BEFORE_CHECK = TimeValue.ofSeconds(1);
    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    private final CloseableHttpClient http;
    private final int maxAnswer;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("call-deadlines").factory());

    /**
     * @param guard says which addresses may be called
     * @param maxConnections to one host and port, and so many in all that each has this many, at least 1
     * @param maxAnswer the most bytes of an answer that are read where nothing else is said, at least 1
     */
    OutboundClient(AddressGuard guard, int maxConnections, int maxAnswer) {
        this.maxAnswer = maxAnswer;
        this.deadlines.setRemoveOnCancelPolicy(true);
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnPerRoute(maxConnections)
                        .setMaxConnTotal(maxConnections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setValidateAfterInactivity(IDLE_BEFORE_CHECK)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.DISABLED)
                        .setResponseTimeout(Timeout.DISABLED)
                        .build())
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Dispatch")
                .build();
    }

    /**
     * Sends once and reads the answer.
     *
     * @param timeout of the whole exchange, from waiting for a connection to the last byte; positive
     */
    public Answer send(HttpUriRequestBase request, Duration timeout) {
        return send(request, timeout, maxAnswer);
    }

    /**
     * Sends once and reads the answer.
     *
     * @param timeout of the whole exchange, from waiting for a connection to the last byte; positive
     * @param most bytes of the answer that are read, at least 1
     */
    public Answer send(HttpUriRequestBase request, Duration timeout, int most) {
        ScheduledFuture<?> deadline = deadlines.schedule(request::cancel, timeout.toNanos(), TimeUnit.NANOSECONDS);
        Answered cut = null;
        try (ClassicHttpResponse response = http.executeOpen(null, request, null)) {
            Answered answered = read(response, most);
            if (answered.cut()) {
                cut = answered;
                request.cancel(); // closing it would read all the rest
            }
            return answered;
        } catch (AddressGuard.Refused e) {
            return new Unanswered(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (cut != null) {
                return cut;
            }
            return request.isCancelled()
                    ? tooLate(timeout)
                    : new Unanswered("%s: %s".formatted(request.getAuthority(), reason(e)));
        } catch (IllegalStateException e) {
            // The deadline came between two steps of the client, which finds itself without a connection.
            if (!request.isCancelled()) {
                throw e;
            }
            return tooLate(timeout);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Unanswered tooLate(Duration timeout) {
        return new Unanswered("no whole answer within %d ms".formatted(timeout.toMillis()));
    }

    private static Answered read(ClassicHttpResponse response, int most) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = new byte[0];
        boolean cut = false;
        if (entity != null) {
            InputStream content = entity.getContent();
            long length = entity.getContentLength();
            body = length >= 0 && length <= most ? content.readNBytes((int) length) : content.readNBytes(most + 1);
            if (body.length > most) {
                cut = true;
                body = Arrays.copyOf(body, most);
            } else if (body.length < length) {
                throw new IOException("the answer ended after %d of %d bytes".formatted(body.length, length));
            } else {
                content.close(); // all of it was read, so the connection goes back to the pool
            }
        }
        return new Answered(
                response.getCode(),
                value(response, HttpHeaders.CONTENT_TYPE),
                value(response, HttpHeaders.RETRY_AFTER),
                eventHeaders(response),
                body,
                cut);
    }

    private static @Nullable String value(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private static Map<String, String> eventHeaders(ClassicHttpResponse response) {
        Map<String, String> headers = Map.of();
        for (Header header : response.getHeaders()) {
            if (header.getName().regionMatches(true, 0, "ce-", 0, 3)) {
                headers = headers.isEmpty() ? new LinkedHashMap<>() : headers;
                headers.merge(header.getName().toLowerCase(Locale.ROOT), header.getValue(), "%s, %s"::formatted);
            }
        }
        return headers;
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /** Cuts off the calls that still run. */
    @Override
    public void close() {
        deadlines.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }
}
