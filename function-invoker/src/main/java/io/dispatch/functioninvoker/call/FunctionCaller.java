package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.function.Protocol;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.function.FunctionLookup;
import io.dispatch.functioninvoker.function.FunctionStates;
import io.dispatch.functioninvoker.function.FunctionVersion;
import io.dispatch.functioninvoker.function.SecretLookup;
import io.dispatch.functioninvoker.function.Turn;
import io.dispatch.functioninvoker.outbound.Answer;
import io.dispatch.functioninvoker.outbound.OutboundClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/** Calls a function by its name, once. Blocks; made for virtual threads, any number of them. */
public final class FunctionCaller {

    private final FunctionLookup functions;
    private final FunctionStates states;
    private final SecretLookup secrets;
    private final OutboundClient client;
    private final Clock clock;
    private final FunctionProtocol cloudEvents = new CloudEventsBinding();
    private final FunctionProtocol envelope = new DispatchEnvelope();
    private final SchemaRules schemas = new SchemaRules();

    FunctionCaller(
            FunctionLookup functions, FunctionStates states, SecretLookup secrets, OutboundClient client, Clock clock) {
        this.functions = functions;
        this.states = states;
        this.secrets = secrets;
        this.client = client;
        this.clock = clock;
    }

    /**
     * Makes the call. What is missing for it (the function, a secret, a running program) is a result too.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked for the function: then nothing was
     *     called, and nothing is known about it
     */
    public CallResult call(Call call) {
        FunctionVersion function =
                functions.find(call.organization(), call.function()).orElse(null);
        if (function == null) {
            return notCalled("function %s not found".formatted(call.function()));
        }
        return function.isSource()
                ? schemas.hold(function.spec().schema(), call.event(), () -> inTurn(call, function))
                : inTurn(call, function);
    }

    private CallResult inTurn(Call call, FunctionVersion function) {
        return switch (states.turn(function)) {
            case Turn.Closed closed -> notCalled(closed.reason());
            case Turn.Open turn -> {
                try (turn) {
                    yield call(call, function, turn);
                }
            }
        };
    }

    private CallResult call(Call call, FunctionVersion function, Turn.Open turn) {
        Set<String> names = new LinkedHashSet<>(function.secrets());
        names.addAll(call.secrets());
        SecretLookup.Values values = secrets.values(call.organization(), names);
        if (!values.reasons().isEmpty()) {
            return notCalled(String.join("; ", values.reasons()));
        }
        List<Header> headers = new ArrayList<>();
        String reason = addHeaders(function, headers);
        if (reason != null) {
            return notCalled(reason);
        }
        if (turn.token() != null) {
            headers.add(new BasicHeader(HttpHeaders.AUTHORIZATION, "Bearer " + turn.token()));
        }
        headers.add(new BasicHeader("Idempotency-Key", call.id().toString()));
        headers.add(new BasicHeader("Dispatch-Attempt", Integer.toString(call.attempt())));
        Duration timeout = timeout(function, call);
        Instant now = clock.instant();
        Instant deadline = function.ownTimeout() == null ? null : now.plus(timeout);
        var prepared = new PreparedCall(call, turn.to(), values.byKey(), headers, deadline);
        FunctionProtocol protocol = function.protocol() == Protocol.DISPATCH ? envelope : cloudEvents;
        return switch (client.send(protocol.request(prepared).toPost(), timeout)) {
            case Answer.Answered answered -> {
                states.answered(function);
                yield protocol.read(answered, clock.instant());
            }
            case Answer.Unanswered unanswered -> {
                yield Failed.without(Cause.NO_ANSWER, states.unanswered(function, turn, unanswered.reason()));
            }
        };
    }

    /** Adds what the function's settings say; returns what is missing for it, or null. */
    private @Nullable String addHeaders(FunctionVersion function, List<Header> headers) {
        if (function.spec().headers() == null) {
            return null;
        }
        for (io.dispatch.contracts.function.Header header : function.spec().headers()) {
            String value = header.value();
            if (header.secret() != null && header.key() != null) {
                SecretLookup.Values secret = secrets.values(function.organization(), List.of(header.secret()));
                if (!secret.reasons().isEmpty()) {
                    return secret.reasons().getFirst();
                }
                value = secret.byKey().get(header.key());
                if (value == null) {
                    return "secret %s has no key %s".formatted(header.secret(), header.key());
                }
                if (!value.matches(io.dispatch.contracts.function.Header.VALUE)) {
                    return "key %s of secret %s cannot stand in a header".formatted(header.key(), header.secret());
                }
            }
            headers.add(new BasicHeader(header.name(), value));
        }
        return null;
    }

    private static Duration timeout(FunctionVersion function, Call call) {
        Duration own = function.timeout();
        return call.limit() != null && call.limit().compareTo(own) < 0 ? call.limit() : own;
    }

    private static Failed notCalled(String reason) {
        return Failed.without(Cause.NOT_CALLED, reason);
    }
}
