package io.dispatch.functioninvoker.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTests {

    private static final InetSocketAddress DATABASE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5432);

    private final AddressGuard open = guard(false, List.of("10.1.0.0/16", "169.254.0.0/16"));
    private final AddressGuard local = guard(true, List.of());

    @Test
    void publicAddressesMayBeCalled() throws Exception {
        assertThat(open.resolve("93.184.215.14", 80)).containsExactly(address());
        assertThat(open.resolve("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 443)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "168.63.129.16",
                "100.100.100.200",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "255.255.255.255",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe"
            })
    void linkLocalAndMetadataAddressesAreNeverCalled(String host) {
        assertRefused(open, host, 80);
        assertRefused(local, host, 80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.1", "172.16.0.1", "192.168.1.1", "fd12::1", "100.64.0.1", "127.0.0.1", "::1"})
    void privateRangesThatNobodyListedAreNotCalled(String host) {
        assertRefused(open, host, 80);
    }

    @Test
    void aPrivateRangeThatTheOperatorListedMayBeCalled() throws Exception {
        assertThat(open.resolve("10.1.2.3", 80)).hasSize(1);
    }

    @Test
    void loopbackMayBeCalledInLocalModeButNeverOurOwnPorts() throws Exception {
        assertThat(local.resolve("127.0.0.1", 9000)).hasSize(1);
        assertRefused(local, "127.0.0.1", 8081);
        assertRefused(local, "::1", 8081);
        assertRefused(local, "127.0.0.1", 5432);
        assertRefused(local, "10.0.0.1", 9000);
    }

    @Test
    void aNameIsJudgedByWhatItResolvesTo() throws Exception {
        var rebound = new AddressGuard(
                resolver("93.184.215.14", "169.254.169.254"), false, List.of(), Set.of(8081), List.of(DATABASE));

        assertThat(rebound.resolve("anything.example", 80)).containsExactly(address());
    }

    private static InetSocketAddress address() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {93, (byte) 184, (byte) 215, 14}), 80);
    }

    private static AddressGuard guard(boolean localMode, List<String> allowed) {
        return new AddressGuard(localMode, allowed, Set.of(8081), List.of(DATABASE));
    }

    private static void assertRefused(AddressGuard guard, String host, int port) {
        assertThatThrownBy(() -> guard.resolve(host, port))
                .isInstanceOf(AddressGuard.Refused.class)
                .hasMessage("%s:%d is an address that functions may not be called at", host, port);
    }

    private static DnsResolver resolver(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] resolved = new InetAddress[addresses.length];
                for (int i = 0; i < addresses.length; i++) {
                    resolved[i] = InetAddress.getAllByName(addresses[i])[0];
                }
                return resolved;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
