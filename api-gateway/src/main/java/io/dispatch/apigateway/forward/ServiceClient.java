package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.forward.RequestBody.SenderFailure;
import io.dispatch.apigateway.route.Owner;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/**
 * Talks to the services at their addresses. Of several replicas it uses one until that fails, then the next. Safe for use by many
 * threads.
 */
@Component
class ServiceClient {

    /** How long a service may take to begin its answer, and may pause within it. */
    static final Timeout PATIENCE = Timeout.ofSeconds(30);

    private final CloseableHttpClient client;
    private final Map<Owner, Replicas> services = new EnumMap<>(Owner.class);

    ServiceClient(CloseableHttpClient client, ServiceAddresses addresses) {
        this.client = client;
        EnumSet.complementOf(EnumSet.of(Owner.GATEWAY)).forEach(owner -> services.put(owner, addresses.of(owner)));
    }

    /** A request to a service, without anything in it yet. */
    BasicClassicHttpRequest request(String method, Owner service, String target) {
        return new BasicClassicHttpRequest(method, replicas(service).used(), target);
    }

    /**
     * Sends it once: to the replica that is used, or, as long as none has seen it, to the others one after the other.
     *
     * @param patience how long the service may take to begin its answer, and may pause within it
     * @return the answer, to be closed by the caller
     * @throws IOException as {@link UpstreamFailure} sorts them
     */
    ClassicHttpResponse send(Owner service, ClassicHttpRequest request, Timeout patience) throws IOException {
        Replicas replicas = replicas(service);
        for (int left = replicas.size(); ; left--) {
            HttpHost host = replicas.used();
            try {
                return send(host, request, patience);
            } catch (IOException e) {
                if (!(e instanceof SenderFailure)) {
                    replicas.leave(host);
                }
                if (left == 1 || !UpstreamFailure.wasNeverSent(e)) {
                    throw e;
                }
            }
        }
    }

    private ClassicHttpResponse send(HttpHost host, ClassicHttpRequest request, Timeout patience) throws IOException {
        request.setScheme(host.getSchemeName());
        request.setAuthority(new URIAuthority(host));
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(PooledClient.LEASE)
                .setResponseTimeout(patience)
                .build());
        return client.executeOpen(host, request, context);
    }

    private Replicas replicas(Owner service) {
        return Objects.requireNonNull(services.get(service), "the gateway does not forward to itself");
    }
}
