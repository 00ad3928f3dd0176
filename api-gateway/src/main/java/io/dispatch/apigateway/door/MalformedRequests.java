package io.dispatch.apigateway.door;

import io.dispatch.contracts.ErrorBody;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Gives requests that Tomcat itself refuses, as they are no HTTP or could be read in two ways, the body of every error. */
final class MalformedRequests extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(MalformedRequests.class);

    private final JsonMapper json;

    MalformedRequests(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(code);
        String title = status == null ? "Error" : status.getReasonPhrase();
        String message = code == 400 ? "the request is not well-formed HTTP, or its path is ambiguous" : title;
        try {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            OutputStream out = response.getOutputStream();
            out.write(json.writeValueAsBytes(ErrorBody.of(code, title, message)));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("a caller left before it was told its mistake");
        }
    }
}
