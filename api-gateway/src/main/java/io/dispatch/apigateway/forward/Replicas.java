package io.dispatch.apigateway.forward;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.HttpHost;

/** Where the replicas of one service are, and which of them is used. Safe for use by many threads. */
final class Replicas {

    private final List<HttpHost> hosts;
    private final AtomicInteger used = new AtomicInteger();

    /** @param hosts one or more, of which the first is used at first */
    Replicas(List<HttpHost> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    HttpHost used() {
        return hosts.get(used.get());
    }

    /** Turns from one that fails to the next, unless another thread has done so. */
    void leave(HttpHost failing) {
        int index = hosts.indexOf(failing);
        used.compareAndSet(index, (index + 1) % hosts.size());
    }

    int size() {
        return hosts.size();
    }
}
