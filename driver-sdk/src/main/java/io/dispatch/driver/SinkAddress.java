package io.dispatch.driver;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where events go.
 *
 * @param uri may carry a credential in its query: never log it whole
 * @param platform whether the platform named it; only then it gets the platform's token
 */
record SinkAddress(URI uri, boolean platform) {

    private static final String INGEST = "/v1/event/ingest";

    /** {@code --sink}, then {@code K_SINK}, then the gateway's endpoint. */
    static SinkAddress from(Options options, Map<String, String> environment) {
        Optional<String> argument = options.find(StandardOptions.SINK);
        if (argument.isPresent()) {
            return new SinkAddress(Settings.url("--sink", argument.get()), false);
        }
        String variable = environment.getOrDefault("K_SINK", "");
        if (!variable.isEmpty()) {
            return new SinkAddress(Settings.url("K_SINK", variable), true);
        }
        String endpoint = options.get(StandardOptions.ENDPOINT);
        String base = endpoint.contains("://") ? endpoint : "http://" + endpoint;
        return new SinkAddress(Settings.url("--dispatch-api-endpoint", base.replaceFirst("/+$", "") + INGEST), true);
    }

    /** The address without query and user, for logs. */
    @Override
    public String toString() {
        return "%s://%s%s%s"
                .formatted(
                        uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? "" : ":" + uri.getPort(), uri.getRawPath());
    }
}
