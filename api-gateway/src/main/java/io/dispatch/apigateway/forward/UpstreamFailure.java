package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.forward.RequestBody.SenderFailure;
import io.dispatch.apigateway.route.Owner;
import io.dispatch.http.ApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Says what it means for the caller that a service could not be reached or broke off. */
final class UpstreamFailure {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private UpstreamFailure() {}

    /** Whether the connection was at fault and not the service: it may have been closed since it was last used. */
    static boolean maySucceedOnAnotherConnection(IOException e) {
        return !(e instanceof SenderFailure)
                && !wasNeverSent(e)
                && (e instanceof NoHttpResponseException
                        || e instanceof ConnectionClosedException
                        || e instanceof SocketException);
    }

    /**
     * The answer to a caller.
     *
     * <p>503 if the service has not seen the request; 502 if it may have, and then only the caller can know whether to send
     * it again.
     */
    static ApiException asApiException(Owner owner, IOException e) {
        if (e instanceof SenderFailure sender) {
            return sender.asApiException();
        }
        if (e instanceof ConnectionRequestTimeoutException) {
            return ApiException.unavailable("%s is busy, try again".formatted(owner.service()), RETRY_AFTER);
        }
        if (wasNeverSent(e)) {
            return ApiException.unavailable(
                    "%s cannot be reached right now, try again".formatted(owner.service()), RETRY_AFTER);
        }
        String what = e instanceof SocketTimeoutException || e instanceof InterruptedIOException
                ? "did not answer in time"
                : "broke off before it answered";
        return ApiException.of(
                        HttpStatus.BAD_GATEWAY,
                        "%s %s: the request may have been carried out".formatted(owner.service(), what))
                .with(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
    }

    /** Whether the service has not seen the request, so that it may be sent elsewhere. */
    static boolean wasNeverSent(IOException e) {
        return e instanceof ConnectException
                || e instanceof ConnectTimeoutException
                || e instanceof NoRouteToHostException
                || e instanceof UnknownHostException
                || e instanceof ConnectionRequestTimeoutException;
    }
}
