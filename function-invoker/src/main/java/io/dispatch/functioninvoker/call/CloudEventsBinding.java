package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.event.CloudEventWriter;
import io.dispatch.contracts.event.Event;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.call.CallResult.Succeeded;
import io.dispatch.functioninvoker.outbound.Answer.Answered;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * CloudEvents 1.0 over HTTP in binary content mode (HTTP binding 1.0.2 section 3.1): any 2xx says the work is done, unless it says
 * that it is an event itself and is none.
 */
final class CloudEventsBinding implements FunctionProtocol {

    private static final byte[] NO_DATA = {};

    @Override
    public Request request(PreparedCall call) {
        Event event = call.call().event();
        List<Header> headers = new ArrayList<>(event.attributes().size() + 8);
        CloudEventWriter.headers(event).forEach((name, value) -> headers.add(new BasicHeader(name, value)));
        headers.addAll(call.headers());
        return new Request(call.to(), headers, event.data() == null ? NO_DATA : event.data());
    }

    @Override
    public CallResult success(Answered answer) {
        var body = RawJson.of(answer.body(), answer.contentType());
        String output = body == null ? null : body.json();
        try {
            return new Succeeded(output, null, EventAnswer.read(answer));
        } catch (EventAnswer.Refused noEvent) {
            return new Failed(
                    Cause.FUNCTION,
                    CallResult.FUNCTION_ERROR,
                    "the answer says that it is an event, but %s".formatted(noEvent.getMessage()),
                    null,
                    answer.status(),
                    null,
                    output,
                    null);
        }
    }
}
