package io.dispatch.apigateway.door;

import io.dispatch.http.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes an error where Spring MVC is not there to do it. */
@Component
class ErrorAnswer {

    private final JsonMapper json;

    ErrorAnswer(JsonMapper json) {
        this.json = json;
    }

    /**
     * Answers with an error.
     *
     * @throws IOException if the caller is gone, or a part of another answer is on its way already
     */
    void send(HttpServletResponse response, ApiException error) throws IOException {
        if (response.isCommitted()) {
            throw new IOException("an answer was cut short: " + error.getMessage(), error);
        }
        response.reset();
        response.setStatus(error.body().status());
        error.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        byte[] body = json.writeValueAsBytes(error.body());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
