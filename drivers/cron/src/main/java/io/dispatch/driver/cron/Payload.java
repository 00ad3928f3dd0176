package io.dispatch.driver.cron;

import io.cloudevents.core.data.BytesCloudEventData;
import io.dispatch.driver.ConfigurationException;
import io.dispatch.driver.DriverContext;
import io.dispatch.driver.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads from the options what the events look like. */
final class Payload {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Payload() {}

    static Fires fires(DriverContext context) {
        Options options = context.options();
        Optional<byte[]> bytes = bytes(options);
        Optional<String> contentType = options.find(CronOptions.CONTENT_TYPE);
        Fires.Raw raw = contentType
                .map(type -> new Fires.Raw(type, BytesCloudEventData.wrap(bytes.orElse(new byte[0]))))
                .orElse(null);
        Object payload =
                raw == null ? options.find(CronOptions.DATA).map(Payload::json).orElse(null) : null;
        return new Fires(
                context.identity().id(),
                source(options.find(CronOptions.SOURCE)
                        .orElse(context.identity().source())),
                options.get(CronOptions.TYPE),
                payload,
                raw);
    }

    private static Optional<byte[]> bytes(Options options) {
        Optional<String> base64 = options.find(CronOptions.DATA_BASE64);
        if (base64.isEmpty()) {
            return options.find(CronOptions.DATA).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
        if (options.find(CronOptions.DATA).isPresent()) {
            throw new ConfigurationException("--data and --data-base64 exclude each other");
        }
        if (options.find(CronOptions.CONTENT_TYPE).isEmpty()) {
            throw new ConfigurationException("--data-base64 needs --content-type, which says what the bytes are");
        }
        try {
            return Optional.of(Base64.getDecoder().decode(base64.get()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--data-base64 is no base64: " + e.getMessage());
        }
    }

    /** JSON as it is meant, anything else as text. */
    private static Object json(String text) {
        try {
            return STRICT.readTree(text);
        } catch (JacksonException e) {
            return text;
        }
    }

    private static URI source(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new ConfigurationException("--source is a URI reference, not \"%s\"".formatted(text));
        }
    }
}
