package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.GatheredEmits;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.contracts.event.GatheredEmits.Emit;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Emits of many callers that the gateway has gathered into one request; nobody else may speak for others. A servlet, as Spring
 * MVC would cost more here than the emits.
 */
final class GatheredEmitServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String GATEWAY = "gateway";
    private static final int MAX_BYTES = 16 << 20;

    private final transient Emits emits;
    private final transient JsonMapper json;

    GatheredEmitServlet(Emits emits, JsonMapper json) {
        this.emits = emits;
        this.json = json;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            write(
                    response,
                    new Answer(
                            HttpStatus.OK.value(),
                            Map.of("content-type", GatheredEmits.MEDIA_TYPE),
                            GatheredEmits.encodeAnswers(answers(request))));
        } catch (ApiException refused) {
            write(response, answer(refused));
        }
    }

    private List<Answer> answers(HttpServletRequest request) throws IOException {
        if (!(request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller)
                || !caller.subject().equals(GATEWAY)) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "only the gateway may emit for others");
        }
        List<Emit> gathered = decoded(request.getInputStream().readNBytes(MAX_BYTES + 1));
        List<Supplier<Answer>> begun = gathered.stream().map(this::begin).toList();
        return begun.stream().map(Supplier::get).toList();
    }

    private static List<Emit> decoded(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw ApiException.of(
                    HttpStatus.CONTENT_TOO_LARGE, "gathered emits must not exceed " + MAX_BYTES + " bytes");
        }
        try {
            return GatheredEmits.decodeEmits(body);
        } catch (IllegalArgumentException notFramed) {
            throw ApiException.badRequest("body is not framed as gathered emits are: " + notFramed.getMessage());
        }
    }

    /** All are handed over before the first is waited for, so that they share a transaction. */
    private Supplier<Answer> begin(Emit emit) {
        try {
            Emits.Pending pending = emits.begin(emit.organization(), EmissionReader.read(emit.headers(), emit.body()));
            return () -> answer(pending);
        } catch (ApiException refused) {
            Answer answer = answer(refused);
            return () -> answer;
        }
    }

    private Answer answer(Emits.Pending pending) {
        try {
            return emits.answer(pending);
        } catch (ApiException refused) {
            return answer(refused);
        }
    }

    private Answer answer(ApiException refused) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        refused.headers()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return new Answer(refused.body().status(), headers, json.writeValueAsBytes(refused.body()));
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }
}
