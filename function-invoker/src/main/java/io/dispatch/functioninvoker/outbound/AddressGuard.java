package io.dispatch.functioninvoker.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Decides which addresses a function may be called at, on the resolved address and right before the connection is made, so
 * that no name can point elsewhere between a check and a call.
 *
 * <p>Never link-local, multicast or metadata addresses; never our own services and the database; loopback in local mode only;
 * private ranges only where the operator lists them.
 */
final class AddressGuard implements DnsResolver {

    /** Includes the metadata services of AWS (both), Azure, Google and Alibaba. */
    private static final InetAddressFilter NEVER = InetAddressFilter.of(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "168.63.129.16/32",
            "100.100.100.200/32",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "fe80::/10",
            "fd00:ec2::254/128",
            "ff00::/8");

    private static final InetAddressFilter PUBLIC =
            InetAddressFilter.externalAddresses().andNot(InetAddressFilter.specialPurpose());

    private final DnsResolver names;
    private final InetAddressFilter allowed;
    private final Set<Integer> ourPorts;
    private final Collection<InetSocketAddress> neighbours;

    /**
     * @param localMode whether functions may stand on loopback
     * @param allowedRanges private ranges in CIDR notation
     * @param ourPorts ports of this machine that are never called
     * @param neighbours other addresses that are never called: the database
     */
    AddressGuard(
            DnsResolver names,
            boolean localMode,
            List<String> allowedRanges,
            Set<Integer> ourPorts,
            Collection<InetSocketAddress> neighbours) {
        this.names = names;
        InetAddressFilter reachable = PUBLIC.or(InetAddress::isLoopbackAddress);
        this.allowed = (localMode ? reachable : PUBLIC)
                .or(InetAddressFilter.of(allowedRanges.toArray(String[]::new)))
                .andNot(NEVER);
        this.ourPorts = Set.copyOf(ourPorts);
        this.neighbours = List.copyOf(neighbours);
    }

    /** With the names of the operating system. */
    AddressGuard(
            boolean localMode,
            List<String> allowedRanges,
            Set<Integer> ourPorts,
            Collection<InetSocketAddress> neighbours) {
        this(SystemDefaultDnsResolver.INSTANCE, localMode, allowedRanges, ourPorts, neighbours);
    }

    /**
     * The addresses of a host that may be called at this port.
     *
     * @throws Refused if it has addresses but none of them may be called
     */
    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        List<InetSocketAddress> open = List.of(addresses).stream()
                .filter(allowed::matches)
                .map(address -> new InetSocketAddress(address, port))
                .filter(address -> !isOurs(address))
                .toList();
        if (open.isEmpty()) {
            throw new Refused("%s:%d is an address that functions may not be called at".formatted(host, port));
        }
        return open;
    }

    /** Without a port nothing can be decided; the client asks with one. */
    @Override
    public InetAddress[] resolve(String host) {
        throw new UnsupportedOperationException("an address is only checked together with its port");
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    private boolean isOurs(InetSocketAddress address) {
        return neighbours.contains(address)
                || (ourPorts.contains(address.getPort()) && isThisMachine(address.getAddress()));
    }

    private static boolean isThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // cannot tell: then it may be ours
        }
    }

    /** A function stands where none may be called. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
