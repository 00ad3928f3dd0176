package io.dispatch.apigateway.door;

import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.http.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes an error where Spring MVC is not there to do it. */
@Component
class ErrorAnswer {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswer.class);

    private final JsonMapper json;

    ErrorAnswer(JsonMapper json) {
        this.json = json;
    }

    /**
     * What is answered when something went wrong, and is written to the log where it is our fault.
     *
     * @param path that was asked for
     */
    static ApiException reason(Throwable failure, String path) {
        if (failure instanceof ApiException answer) {
            return answer;
        }
        if (failure instanceof DataAccessException away) {
            log.atWarn().addKeyValue("reason", away.getMessage()).log("the database cannot be reached");
            return ApiException.unavailable(
                    "the database cannot be reached right now, try again", Duration.ofSeconds(1));
        }
        log.atError().addKeyValue("path", path).setCause(failure).log("a request failed inside");
        return ApiException.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal error when processing %s".formatted(path));
    }

    /** The same where no servlet is there to answer. */
    Answer of(ApiException error) {
        Map<String, String> headers = new LinkedHashMap<>();
        error.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        return new Answer(error.body().status(), headers, json.writeValueAsBytes(error.body()));
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
        Answer answer = of(error);
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }
}
