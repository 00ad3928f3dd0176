package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/** Which of the services behind the gateway have been ready since it started. Safe for use by many threads. */
@Component
public class Services {

    private static final Timeout PATIENCE = Timeout.ofSeconds(1);

    private final CloseableHttpClient client;
    private final ServiceAddresses addresses;
    private final Set<Owner> seenReady = ConcurrentHashMap.newKeySet();

    Services(CloseableHttpClient client, ServiceAddresses addresses) {
        this.client = client;
        this.addresses = addresses;
    }

    /** The names of those that have not; each of them is asked now. Empty for good once it was. */
    public Set<String> neverReady() {
        Set<String> missing = new TreeSet<>();
        for (Owner owner : EnumSet.complementOf(EnumSet.of(Owner.GATEWAY))) {
            if (seenReady.contains(owner)) {
                continue;
            }
            if (isReady(owner)) {
                seenReady.add(owner);
            } else {
                missing.add(owner.service());
            }
        }
        return missing;
    }

    private boolean isReady(Owner owner) {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(
                RequestConfig.custom().setResponseTimeout(PATIENCE).build());
        var service = addresses.of(owner);
        var probe = new BasicClassicHttpRequest("GET", service, "/readyz");
        try (ClassicHttpResponse answer = client.executeOpen(service, probe, context)) {
            return answer.getCode() == HttpStatus.SC_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
