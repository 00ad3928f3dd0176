package io.dispatch.functioninvoker.source;

import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.function.Function;
import io.dispatch.functioninvoker.outbound.Answer;
import io.dispatch.functioninvoker.outbound.Answer.Answered;
import io.dispatch.functioninvoker.outbound.Answer.Unanswered;
import io.dispatch.functioninvoker.outbound.OutboundClient;
import io.dispatch.http.ApiException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes the source out of what a client wants: as it was sent, or from where it stands. */
@Component
public class SourceReader {

    private static final Duration FETCH = Duration.ofSeconds(15);

    private final OutboundClient client;

    SourceReader(OutboundClient client) {
        this.client = client;
    }

    /**
     * Reads the source to its end, and fetches it before that where the client says from where.
     *
     * @param wanted with at most one of {@code source} and {@code sourceURL}, the latter an {@code http} or {@code https} URL
     * @return null if it has neither
     * @throws ApiException 400 or 422, naming the field and the rule that the source breaks
     */
    public @Nullable SourceArchive read(Function wanted) {
        if (wanted.source() != null && !wanted.source().isEmpty()) {
            return checked("source", decoded(wanted.source()));
        }
        if (wanted.sourceURL() != null && !wanted.sourceURL().isEmpty()) {
            return checked("sourceURL", fetched(wanted.sourceURL()));
        }
        return null;
    }

    private static byte[] decoded(String source) {
        try {
            return Base64.getDecoder().decode(source);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT, "source", null, "source in body must be base64 (RFC 4648 section 4)");
        }
    }

    private byte[] fetched(String url) {
        Answer answer = client.send(new HttpGet(URI.create(url)), FETCH, TarGz.MOST_BYTES);
        return switch (answer) {
            case Answered answered when answered.status() == 200 && !answered.cut() -> answered.body();
            case Answered answered when answered.cut() -> throw tooLong("sourceURL");
            case Answered answered ->
                throw ApiException.badRequest("sourceURL in body answered status %d instead of 200%s"
                        .formatted(
                                answered.status(), answered.status() / 100 == 3 ? "; redirects are not followed" : ""));
            case Unanswered unanswered ->
                throw ApiException.badRequest("sourceURL in body cannot be fetched: " + unanswered.reason());
        };
    }

    private static SourceArchive checked(String field, byte[] archive) {
        if (archive.length > TarGz.MOST_BYTES) {
            throw tooLong(field);
        }
        try {
            TarGz.check(archive);
        } catch (RefusedArchive e) {
            throw ApiException.badRequest("%s in body %s".formatted(field, e.getMessage()));
        }
        return new SourceArchive(archive);
    }

    private static ApiException tooLong(String field) {
        return ApiException.badRequest("%s in body is more than %d bytes".formatted(field, TarGz.MOST_BYTES));
    }
}
