package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.GatheredEmits;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.contracts.event.GatheredEmits.Emit;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Emits of many callers that the gateway has gathered into one request; nobody else may speak for others. */
@Hidden
@RestController
class GatheredEmitController {
    private static final String GATEWAY = "gateway";
    private static final int MAX_BYTES = 16 << 20;

    private final Emits emits;
    private final JsonMapper json;

    GatheredEmitController(Emits emits, JsonMapper json) {
        this.emits = emits;
        this.json = json;
    }

    @PostMapping("/internal/emits")
    ResponseEntity<byte[]> emit(HttpServletRequest request, Caller caller) throws IOException {
        if (!caller.subject().equals(GATEWAY)) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "only the gateway may emit for others");
        }
        List<Emit> gathered = decoded(request.getInputStream().readNBytes(MAX_BYTES + 1));
        List<Supplier<Answer>> begun = gathered.stream().map(this::begin).toList();
        List<Answer> answers = begun.stream().map(Supplier::get).toList();
        return ResponseEntity.ok()
                .header("Content-Type", GatheredEmits.MEDIA_TYPE)
                .body(GatheredEmits.encodeAnswers(answers));
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
}
