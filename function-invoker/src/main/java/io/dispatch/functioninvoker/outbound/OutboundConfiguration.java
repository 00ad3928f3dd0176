package io.dispatch.functioninvoker.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the way out is put together. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    private static final Logger log = LoggerFactory.getLogger(OutboundConfiguration.class);
    private static final int POSTGRESQL = 5432;

    @Bean
    AddressGuard addressGuard(
            OutboundSettings settings,
            @Value("${dispatch.local-mode:false}") boolean localMode,
            @Value("${server.port:8083}") int ownPort,
            @Value("${spring.datasource.url}") String database) {
        Set<Integer> ports = new HashSet<>(settings.deniedPorts());
        ports.add(ownPort);
        return new AddressGuard(localMode, settings.allowedRanges(), ports, addresses(database));
    }

    @Bean(destroyMethod = "close")
    OutboundClient outboundClient(AddressGuard guard, OutboundSettings settings) {
        return new OutboundClient(
                guard,
                settings.maxConnections(),
                Math.toIntExact(settings.maxAnswer().toBytes()));
    }

    /** Where the database stands, by a JDBC URL of one host. */
    private static Collection<InetSocketAddress> addresses(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.replaceFirst("^jdbc:", ""));
        if (uri.getHost() == null) {
            return List.of();
        }
        int port = uri.getPort() < 0 ? POSTGRESQL : uri.getPort();
        try {
            return Arrays.stream(InetAddress.getAllByName(uri.getHost()))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            log.atWarn().addKeyValue("host", uri.getHost()).log("the database's host has no address");
            return List.of();
        }
    }
}
