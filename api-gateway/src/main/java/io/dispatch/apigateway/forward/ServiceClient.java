package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import java.io.IOException;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/** Talks to the services at their addresses. Safe for use by many threads. */
@Component
class ServiceClient {

    /** How long a service may take to begin its answer, and may pause within it. */
    static final Timeout PATIENCE = Timeout.ofSeconds(30);

    private final CloseableHttpClient client;
    private final ServiceAddresses addresses;

    ServiceClient(CloseableHttpClient client, ServiceAddresses addresses) {
        this.client = client;
        this.addresses = addresses;
    }

    /** A request to a service, without anything in it yet. */
    BasicClassicHttpRequest request(String method, Owner service, String target) {
        return new BasicClassicHttpRequest(method, addresses.of(service), target);
    }

    /**
     * Sends it once.
     *
     * @param patience how long the service may take to begin its answer, and may pause within it
     * @return the answer, to be closed by the caller
     * @throws IOException as {@link UpstreamFailure} sorts them
     */
    ClassicHttpResponse send(Owner service, ClassicHttpRequest request, Timeout patience) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(PooledClient.LEASE)
                .setResponseTimeout(patience)
                .build());
        return client.executeOpen(addresses.of(service), request, context);
    }
}
