package io.dispatch.apigateway.forward;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client that all forwarded requests share; it adds nothing to a request and repeats none. */
@Configuration(proxyBeanMethods = false)
class PooledClient {

    private static final int CONNECTIONS_PER_SERVICE = 256;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_LINE = 16_384;

    /** A service on the same network that has not taken a connection by then is down. */
    private static final Timeout CONNECT = Timeout.ofSeconds(2);

    /** How long a request waits for one of the connections. */
    static final Timeout LEASE = Timeout.ofSeconds(3);

    /**
     * After this long a connection is looked at before it is used again, which takes a millisecond: the service may have
     * been restarted, and a POST that was sent cannot be sent again. Under load connections are never idle for so long.
     */
    private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(100);

    /** Shorter than the services keep an idle connection (75 s), so that it is never they who close it. */
    private static final Timeout KEEP_IDLE = Timeout.ofSeconds(50);

    @Bean(destroyMethod = "close")
    CloseableHttpClient upstreams() {
        var connections = ManagedHttpClientConnectionFactory.builder()
                .http1Config(Http1Config.custom()
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .build())
                // An answer that comes before the body is sent, such as a refusal, is taken and the rest not sent.
                .responseOutOfOrderStrategy(MonitoringResponseOutOfOrderStrategy.INSTANCE)
                .build();
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(connections)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(CONNECTIONS_PER_SERVICE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setValidateAfterInactivity(LOOK_AFTER)
                        .setIdleTimeout(KEEP_IDLE)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(LEASE)
                        .setExpectContinueEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .disableCookieManagement()
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .build();
    }
}
