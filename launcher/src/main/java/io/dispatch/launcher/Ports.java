package io.dispatch.launcher;

import io.dispatch.postgresql.FreePort;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where the services listen on 127.0.0.1: the gateway where the user wants it, the others where there is room. */
record Ports(Map<Service, Integer> byService) {

    /** @throws LaunchException if the gateway's port is taken */
    static Ports pick(int gatewayPort) {
        if (!FreePort.isFree(gatewayPort)) {
            throw new LaunchException("Port %d is in use by another program: stop it, or choose another with --port."
                    .formatted(gatewayPort));
        }
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        ports.put(Service.API_GATEWAY, gatewayPort);
        SecureRandom random = new SecureRandom();
        Set<Integer> taken = new HashSet<>(Set.of(gatewayPort));
        for (Service service : Service.values()) {
            while (!ports.containsKey(service)) {
                int port = FreePort.pick(random);
                if (taken.add(port)) {
                    ports.put(service, port);
                }
            }
        }
        return new Ports(Map.copyOf(ports));
    }

    int of(Service service) {
        Integer port = byService.get(service);
        if (port == null) {
            throw new IllegalArgumentException(service + " has no port");
        }
        return port;
    }

    /** The address of a service, without a path. */
    String url(Service service) {
        return "http://127.0.0.1:" + of(service);
    }
}
