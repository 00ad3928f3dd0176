package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import io.dispatch.apigateway.route.ServletHead;
import io.dispatch.apigateway.token.ServiceTokens;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.contracts.event.GatheredEmits.Emit;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Carries one request to the service that owns its route, and the answer back as it comes. Safe for use by many threads. */
@Component
public class Forwarder {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "PUT", "DELETE");
    private static final int CHUNK = 16 * 1024;
    private static final String FUNCTION = "function";

    /** How long a service may take where its answer is a function's: longer than a function may (15 minutes). */
    private static final Timeout LONG_PATIENCE = Timeout.ofMinutes(16);

    private final ServiceClient client;
    private final EmitGatherer emits;
    private final ServiceTokens tokens;
    private final long maxBody;
    private final long maxFunction;

    Forwarder(ServiceClient client, EmitGatherer emits, ServiceTokens tokens, ServiceAddresses addresses) {
        this.client = client;
        this.emits = emits;
        this.tokens = tokens;
        this.maxBody = addresses.maxBody().toBytes();
        this.maxFunction = addresses.maxFunction().toBytes();
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
        RequestBody body = RequestBody.of(request, route.resource().equals(FUNCTION) ? maxFunction : maxBody);
        if (Routes.isEmit(route) && body.isWhole()) {
            answer(response, emit(new ServletHead(request), caller, body.start()));
            return;
        }
        Owner owner = route.owner();
        boolean repeatable = IDEMPOTENT.contains(request.getMethod()) && body.isWhole();
        Timeout patience = route.takesTime() ? LONG_PATIENCE : ServiceClient.PATIENCE;
        ClassicHttpResponse answer;
        try {
            answer = client.send(owner, request(request, target, owner, caller, body), patience);
        } catch (IOException first) {
            if (!repeatable || !UpstreamFailure.maySucceedOnAnotherConnection(first)) {
                throw UpstreamFailure.asApiException(owner, first);
            }
            answer = sendAgain(owner, request(request, target, owner, caller, body), patience);
        }
        try (ClassicHttpResponse closed = answer) {
            pass(closed, response, owner);
        }
    }

    /**
     * Carries one emit, possibly together with others.
     *
     * @param body whole; not to be written to afterwards
     * @return its answer, given by a thread that must not be held up; or an {@link ApiException}: 503 if it was not sent, 502
     *     if it is not known what became of it
     */
    public CompletableFuture<Answer> emit(RequestHead head, Caller caller, byte[] body) {
        return emits.emit(new Emit(caller.organization(), caller.subject(), ForwardedHeaders.ofEvent(head), body));
    }

    /** The most bytes of an emit's body. */
    public int maxEmit() {
        return Math.toIntExact(maxBody);
    }

    private static void answer(HttpServletResponse response, CompletableFuture<Answer> emit) throws IOException {
        Answer answer;
        try {
            answer = emit.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ApiException refused
                    ? refused
                    : new IllegalStateException("an emit was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.of(HttpStatus.BAD_GATEWAY, "the gateway is stopping: the event may have been accepted");
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    /** Once more, as the connection may have been closed by a service that has been restarted since. */
    private ClassicHttpResponse sendAgain(Owner owner, ClassicHttpRequest request, Timeout patience) {
        try {
            return client.send(owner, request, patience);
        } catch (IOException e) {
            throw UpstreamFailure.asApiException(owner, e);
        }
    }

    private ClassicHttpRequest request(
            HttpServletRequest from, String target, Owner owner, Caller caller, RequestBody body) {
        ClassicHttpRequest request = client.request(from.getMethod(), owner, target);
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
