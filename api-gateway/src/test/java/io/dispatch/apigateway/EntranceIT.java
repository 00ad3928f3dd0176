package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the gateway listens, and where it refuses to. */
class EntranceIT {

    @Test
    void withACertificateItSpeaksTls(@TempDir Path folder) throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        makeCertificate(certificate, key);

        try (RunningGateway gateway = RunningGateway.start(
                "--server.address=0.0.0.0",
                "--dispatch.gateway.tls-cert=" + certificate,
                "--dispatch.gateway.tls-key=" + key)) {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .sslContext(trusting(certificate))
                    .build()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("https://localhost:%d/v1/version".formatted(gateway.port())))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --server.address=0.0.0.0 --dispatch.gateway.behind-tls-proxy=false | Without TLS the gateway serves loopback only, not 0.0.0.0: tokens would travel in clear.
            --server.address=0.0.0.0 --dispatch.local-mode=true --dispatch.gateway.behind-tls-proxy=true | Without authentication the gateway serves loopback only, not 0.0.0.0.
            --dispatch.gateway.tls-cert=/some.pem --dispatch.gateway.auth=true | Of dispatch.gateway.tls-cert and dispatch.gateway.tls-key only one is set.
            --dispatch.gateway.tls-cert=/no/such.pem --dispatch.gateway.tls-key=/no/such.key | dispatch.gateway.tls-cert names /no/such.pem, which cannot be read.
            """)
    void anUnsafeEntranceIsNotOpened(String settings, String reason) {
        ThrowingCallable start = () -> RunningGateway.start(settings.split(" ")).close();

        assertThatThrownBy(start).rootCause().hasMessage(reason);
    }

    @Test
    void behindAProxyThatEndsTlsItServesPlainHttpToAll() throws Exception {
        try (RunningGateway gateway =
                RunningGateway.start("--server.address=0.0.0.0", "--dispatch.gateway.behind-tls-proxy=true")) {
            assertThat(gateway.get("/v1/version").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/v1/secret").statusCode()).isEqualTo(401);
        }
    }

    private static void makeCertificate(Path certificate, Path key) throws IOException, InterruptedException {
        Path store = certificate.resolveSibling("store.p12");
        run(
                "keytool",
                "-genkeypair",
                "-alias",
                "tls",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-keystore",
                store.toString());
        try (var in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, "secret".toCharArray());
            Files.writeString(
                    certificate, pem("CERTIFICATE", keys.getCertificate("tls").getEncoded()));
            Files.writeString(
                    key,
                    pem(
                            "PRIVATE KEY",
                            keys.getKey("tls", "secret".toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded), kind);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "tls", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
