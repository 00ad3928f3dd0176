package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.token.ServiceTokens;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/** Carries one request to the service that owns its route, and the answer back as it comes. Safe for use by many threads. */
@Component
public class Forwarder {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "PUT", "DELETE");
    private static final int CHUNK = 16 * 1024;

    /** How long a service may take to begin its answer, and may pause within it. */
    private static final Timeout PATIENCE = Timeout.ofSeconds(30);

    /** The same where the answer is a function's: longer than the longest timeout of one (15 minutes). */
    private static final Timeout LONG_PATIENCE = Timeout.ofMinutes(16);

    private final CloseableHttpClient client;
    private final ServiceAddresses addresses;
    private final ServiceTokens tokens;

    Forwarder(CloseableHttpClient client, ServiceAddresses addresses, ServiceTokens tokens) {
        this.client = client;
        this.addresses = addresses;
        this.tokens = tokens;
    }

    /**
     * Carries a request.
     *
     * @param target the canonical path, with the query if there is one
     * @throws ApiException 413, 502 or 503, if nothing of an answer was sent yet
     * @throws IOException if the answer breaks off in the middle: the connection to the caller must be cut
     */
    public void forward(
            HttpServletRequest request, HttpServletResponse response, Route route, String target, Caller caller)
            throws IOException {
        Owner owner = route.owner();
        RequestBody body = RequestBody.of(request, addresses.maxBody().toBytes());
        boolean repeatable = IDEMPOTENT.contains(request.getMethod()) && body.isWhole();
        HttpHost service = addresses.of(owner);
        Timeout patience = route.takesTime() ? LONG_PATIENCE : PATIENCE;
        ClassicHttpResponse answer;
        try {
            answer = send(service, request(request, service, target, owner, caller, body), patience);
        } catch (IOException first) {
            if (!repeatable || !UpstreamFailure.maySucceedOnAnotherConnection(first)) {
                throw UpstreamFailure.asApiException(owner, first);
            }
            answer = sendAgain(service, request(request, service, target, owner, caller, body), patience, owner);
        }
        try (ClassicHttpResponse closed = answer) {
            pass(closed, response, owner);
        }
    }

    private ClassicHttpResponse send(HttpHost service, ClassicHttpRequest request, Timeout patience)
            throws IOException {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(RequestConfig.copy(RequestConfig.DEFAULT)
                .setConnectionRequestTimeout(PooledClient.LEASE)
                .setExpectContinueEnabled(false)
                .setResponseTimeout(patience)
                .build());
        return client.executeOpen(service, request, context);
    }

    /** Once more, as the connection may have been closed by a service that has been restarted since. */
    private ClassicHttpResponse sendAgain(HttpHost service, ClassicHttpRequest request, Timeout patience, Owner owner) {
        try {
            return send(service, request, patience);
        } catch (IOException e) {
            throw UpstreamFailure.asApiException(owner, e);
        }
    }

    private ClassicHttpRequest request(
            HttpServletRequest from, HttpHost service, String target, Owner owner, Caller caller, RequestBody body) {
        ClassicHttpRequest request = new BasicClassicHttpRequest(from.getMethod(), service, target);
        ForwardedHeaders.copy(from, request);
        request.setHeader(HttpHeaders.AUTHORIZATION, tokens.bearer(caller, owner.service()));
        HttpEntity entity = body.entity();
        if (entity != null) {
            request.setEntity(entity);
        }
        return request;
    }

    private static void pass(ClassicHttpResponse from, HttpServletResponse to, Owner owner) throws IOException {
        to.setStatus(from.getCode());
        ForwardedHeaders.copy(from, to);
        HttpEntity body = from.getEntity();
        if (body == null) {
            return;
        }
        if (body.getContentLength() >= 0) {
            to.setContentLengthLong(body.getContentLength());
        }
        byte[] chunk = new byte[Math.clamp(body.getContentLength(), 1, CHUNK)];
        OutputStream out = to.getOutputStream();
        try (InputStream in = body.getContent()) {
            // What has no length may be a stream of events: it is passed on as it comes.
            boolean flush = body.getContentLength() < 0;
            for (int read = read(in, chunk, to, owner); read >= 0; read = read(in, chunk, to, owner)) {
                out.write(chunk, 0, read);
                if (flush) {
                    out.flush();
                }
            }
        }
    }

    private static int read(InputStream in, byte[] chunk, HttpServletResponse to, Owner owner) throws IOException {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            if (to.isCommitted()) {
                throw e;
            }
            to.reset();
            throw UpstreamFailure.asApiException(owner, e);
        }
    }
}
