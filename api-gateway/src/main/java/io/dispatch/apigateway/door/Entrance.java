package io.dispatch.apigateway.door;

import io.dispatch.apigateway.caller.AccessMode;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sets up what listens: TLS where it is asked for, and never an address beyond this machine that is open or in clear. */
@Component
class Entrance implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final EntranceSettings settings;
    private final AccessMode mode;
    private final JsonMapper json;
    private @Nullable Opening opening;

    Entrance(EntranceSettings settings, AccessMode mode, JsonMapper json) {
        this.settings = settings;
        this.mode = mode;
        this.json = json;
    }

    /** After Boot's own, which sets the address. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        Ssl tls = tls();
        checkAddress(server.getAddress(), tls != null);
        opening = new Opening(server.getAddress(), server.getPort(), tls == null ? null : context(tls));
        server.setAddress(InetAddress.getLoopbackAddress());
        server.setPort(0);
        if (tls != null) {
            server.addConnectorCustomizers(connector -> {
                connector.setScheme("https");
                connector.setSecure(true);
            });
        }
        // Refuse before a sender that waits for "100 Continue" has sent its body.
        server.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
        server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new MalformedRequests(json)));
    }

    /**
     * Where the gateway is to be reached; Tomcat itself stands behind the {@link Listener}.
     *
     * @throws IllegalStateException before the web server was set up
     */
    Opening opening() {
        if (opening == null) {
            throw new IllegalStateException("there is no web server yet");
        }
        return opening;
    }

    private static SslContext context(Ssl tls) {
        return new JdkSslContext(
                WebServerSslBundle.get(tls).createSslContext(),
                false,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                null,
                false);
    }

    private void checkAddress(@Nullable InetAddress address, boolean tls) {
        boolean loopback = address != null && address.isLoopbackAddress();
        if (loopback) {
            return;
        }
        String shown = address == null ? "every address" : address.getHostAddress();
        if (mode.open()) {
            throw new UnsafeEntranceException(
                    "Without authentication the gateway serves loopback only, not %s.".formatted(shown),
                    "Set server.address to 127.0.0.1, or dispatch.gateway.auth to true.");
        }
        if (!tls && !settings.behindTlsProxy()) {
            throw new UnsafeEntranceException(
                    "Without TLS the gateway serves loopback only, not %s: tokens would travel in clear."
                            .formatted(shown),
                    "Set dispatch.gateway.tls-cert and dispatch.gateway.tls-key, or dispatch.gateway.behind-tls-proxy"
                            + " if something before the gateway ends TLS.");
        }
    }

    private @Nullable Ssl tls() {
        Path certificate = settings.tlsCert();
        Path key = settings.tlsKey();
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new UnsafeEntranceException(
                    "Of dispatch.gateway.tls-cert and dispatch.gateway.tls-key only one is set.", "Set both or none.");
        }
        Ssl tls = new Ssl();
        tls.setCertificate(readable("dispatch.gateway.tls-cert", certificate));
        tls.setCertificatePrivateKey(readable("dispatch.gateway.tls-key", key));
        return tls;
    }

    private static String readable(String setting, Path file) {
        if (!Files.isReadable(file)) {
            throw new UnsafeEntranceException(
                    "%s names %s, which cannot be read.".formatted(setting, file),
                    "Name a PEM file that this user can read.");
        }
        return file.toUri().toString();
    }
}
