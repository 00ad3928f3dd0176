package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/** Which of the services behind the gateway have been ready since it started. Safe for use by many threads. */
@Component
public class Services {

    private static final Timeout PATIENCE = Timeout.ofSeconds(1);

    private final ServiceClient client;
    private final Set<Owner> seenReady = ConcurrentHashMap.newKeySet();

    Services(ServiceClient client) {
        this.client = client;
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
        try (ClassicHttpResponse answer = client.send(owner, client.request("GET", owner, "/readyz"), PATIENCE)) {
            return answer.getCode() == HttpStatus.SC_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
