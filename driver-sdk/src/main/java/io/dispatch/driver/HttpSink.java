package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Posts each event in CloudEvents binary mode. Any 2xx is an acknowledgement. */
final class HttpSink implements Sink {

    /** Statuses that speak of the event; everything else may pass. 431: the event's attributes are too long for a header. */
    private static final Set<Integer> PERMANENT = Set.of(400, 413, 415, 422, 431);

    private static final Set<Integer> CREDENTIAL = Set.of(401, 403);

    private final SinkAddress address;
    private final BearerToken token;
    private final DriverHttp http;
    private final Clock clock;

    HttpSink(SinkAddress address, BearerToken token, DriverHttp http, Clock clock) {
        this.address = address;
        this.token = token;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public SinkAnswer deliver(CloudEvent event) {
        SinkAnswer answer;
        try {
            DriverHttp.Answer first = http.send(request(event));
            answer = CREDENTIAL.contains(first.status()) && address.platform() && token.reload()
                    ? judged(http.send(request(event)))
                    : judged(first);
        } catch (IOException e) {
            answer = new SinkAnswer.TryAgain("%s does not answer: %s".formatted(address, said(e)), null);
        }
        return answer;
    }

    private ClassicHttpRequest request(CloudEvent event) {
        ClassicHttpRequest request = BinaryMode.request(address.uri(), event);
        if (address.platform()) {
            token.authorize(request);
        }
        return request;
    }

    private SinkAnswer judged(DriverHttp.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new SinkAnswer.Accepted();
        }
        String reason =
                "%s answered %d %s".formatted(address, status, answer.excerpt()).strip();
        return PERMANENT.contains(status)
                ? new SinkAnswer.Refused(status, reason)
                : new SinkAnswer.TryAgain(reason, notBefore(answer.retryAfter()));
    }

    /** {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3); what is neither counts as absent. */
    private @Nullable Duration notBefore(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        if (retryAfter.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(retryAfter));
        }
        Instant date = DateUtils.parseStandardDate(retryAfter);
        return date == null ? null : Duration.between(clock.instant(), date);
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
