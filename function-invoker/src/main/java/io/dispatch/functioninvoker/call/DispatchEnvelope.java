package io.dispatch.functioninvoker.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.event.LegacyEvent;
import io.dispatch.contracts.run.RunError;
import io.dispatch.contracts.run.RunLogs;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.call.CallResult.Succeeded;
import io.dispatch.functioninvoker.outbound.Answer.Answered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The original's way to call a function: an envelope of context and payload, both ways. */
final class DispatchEnvelope implements FunctionProtocol {

    private static final Header JSON_TYPE = new BasicHeader("Content-Type", "application/json");
    private static final Set<String> TYPES =
            Set.of(CallResult.INPUT_ERROR, CallResult.FUNCTION_ERROR, CallResult.SYSTEM_ERROR);

    private final JsonMapper json = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Override
    public Request request(PreparedCall call) {
        var event = call.call().event();
        LegacyEvent legacy = LegacyEvent.of(event);
        var context = new Context(
                call.call().isDirect()
                        ? null
                        : new RawJson(new String(legacy.toJsonInContext(), StandardCharsets.UTF_8)),
                call.secrets(),
                call.deadline() == null ? null : call.deadline().toString());
        List<Header> headers = new ArrayList<>(call.headers().size() + 1);
        headers.add(JSON_TYPE);
        headers.addAll(call.headers());
        var body = new Body(context, legacy.data() == null ? RawJson.NULL : new RawJson(legacy.data()));
        return new Request(call.to(), headers, json.writeValueAsBytes(body));
    }

    @Override
    public CallResult success(Answered answer) {
        Reply reply;
        try {
            reply = answer.cut() ? null : json.readValue(answer.body(), Reply.class);
        } catch (JacksonException e) {
            reply = null;
        }
        if (reply == null) {
            var body = RawJson.of(answer.body(), answer.contentType());
            return new Failed(
                    Cause.FUNCTION,
                    CallResult.SYSTEM_ERROR,
                    answer.cut()
                            ? "the answer is longer than %d bytes".formatted(answer.body().length)
                            : "the answer is no JSON object of context and payload",
                    null,
                    answer.status(),
                    null,
                    body == null ? null : body.json(),
                    null);
        }
        ReplyContext context = reply.context() == null ? new ReplyContext(null, null) : reply.context();
        String output = reply.payload() == null || reply.payload().equals(RawJson.NULL)
                ? null
                : reply.payload().json();
        RunError error = context.error();
        if (error == null) {
            return new Succeeded(output, context.logs());
        }
        return new Failed(
                Cause.FUNCTION,
                TYPES.contains(error.type()) ? error.type() : CallResult.FUNCTION_ERROR,
                error.message() == null ? "the function failed and did not say why" : error.message(),
                error.stacktrace(),
                answer.status(),
                null,
                output,
                context.logs());
    }

    @JsonInclude(Include.ALWAYS)
    private record Body(Context context, RawJson payload) {}

    @JsonInclude(Include.NON_NULL)
    private record Context(
            @Nullable RawJson event,
            Map<String, String> secrets,
            @Nullable String deadline) {

        @Override
        public String toString() {
            return "Context[event=%s]".formatted(event);
        }
    }

    private record Reply(
            @Nullable ReplyContext context, @Nullable RawJson payload) {}

    private record ReplyContext(
            @Nullable RunLogs logs, @Nullable RunError error) {}
}
