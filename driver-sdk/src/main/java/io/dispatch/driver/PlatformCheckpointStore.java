package io.dispatch.driver;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Documents kept by the platform at {@code <DISPATCH_STATE_URL>/<key>}; the version is the entity tag. A write whose answer was
 * lost and that is tried again is recognised by its content.
 */
final class PlatformCheckpointStore implements CheckpointStore {

    private static final Set<Integer> CREDENTIAL = Set.of(401, 403);

    private final URI base;
    private final BearerToken token;
    private final DriverHttp http;

    PlatformCheckpointStore(URI base, BearerToken token, DriverHttp http) {
        this.base = base;
        this.token = token;
        this.http = http;
    }

    @Override
    public Optional<Checkpoint> read(String key) throws IOException {
        Checkpoint.checkKey(key);
        DriverHttp.Answer answer = send(ClassicRequestBuilder.get(address(key)).build());
        return switch (answer.status()) {
            case 200 -> Optional.of(new Checkpoint(answer.body(), etag(answer)));
            case 404 -> Optional.empty();
            default -> throw unexpected(answer);
        };
    }

    @Override
    public Checkpoint write(String key, String document, @Nullable String version) throws IOException {
        Checkpoint.check(key, document);
        ClassicRequestBuilder put =
                ClassicRequestBuilder.put(address(key)).setEntity(document, ContentType.APPLICATION_JSON);
        if (version == null) {
            put.setHeader(HttpHeaders.IF_NONE_MATCH, "*");
        } else {
            put.setHeader(HttpHeaders.IF_MATCH, version);
        }
        DriverHttp.Answer answer = send(put.build());
        return switch (answer.status()) {
            case 200, 201, 204 -> new Checkpoint(document, etag(answer));
            case 412 ->
                read(key)
                        .filter(stored -> stored.document().equals(document))
                        .orElseThrow(() -> new CheckpointConflictException(key));
            default -> throw unexpected(answer);
        };
    }

    private DriverHttp.Answer send(ClassicHttpRequest request) throws IOException {
        token.authorize(request);
        DriverHttp.Answer answer = http.send(request);
        if (CREDENTIAL.contains(answer.status()) && token.reload()) {
            token.authorize(request);
            answer = http.send(request);
        }
        return answer;
    }

    private URI address(String key) {
        return URI.create(base.toString().replaceFirst("/+$", "") + "/" + key);
    }

    private static String etag(DriverHttp.Answer answer) throws IOException {
        if (answer.etag() == null) {
            throw new IOException("the checkpoint store answered %d without an ETag".formatted(answer.status()));
        }
        return answer.etag();
    }

    private static IOException unexpected(DriverHttp.Answer answer) {
        return new IOException("the checkpoint store answered %d %s"
                .formatted(answer.status(), answer.excerpt())
                .strip());
    }
}
