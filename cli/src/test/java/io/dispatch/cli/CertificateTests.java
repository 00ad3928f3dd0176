package io.dispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with TLS whose certificate no authority of the JDK has signed. */
class CertificateTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path certificates;

    private static SSLContext tls;

    @TempDir
    Path home;

    private RecordingServer server;
    private Command command;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=IP:127.0.0.1");
        keytool("-exportcert", "-rfc", "-file", authority());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates.resolve("keys"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
    }

    @BeforeEach
    void start() {
        server = RecordingServer.withTls(tls)
                .on("GET /v1/event/subscriptions", 200, "[]")
                .on("GET /home", 200, "{}");
        command = Command.to(server, home).with("DISPATCH_SCHEME", "https");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isNotBelievedByItself() {
        Command.Result result = command.run("get", "subscription");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("The certificate of https://127.0.0.1:%d is not trusted".formatted(server.port()))
                .contains("--certificate-authority")
                .hasLineCount(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void isBelievedWhereItsAuthorityIsNamed() {
        Command.Result byFlag = command.run("get", "subscription", "--certificate-authority", authority());
        Command.Result byVariable =
                command.with("DISPATCH_CERTIFICATE_AUTHORITY", authority()).run("get", "subscription");

        assertThat(byFlag.err() + byVariable.err()).isEmpty();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void isStillBelievedAfterTheLogin() {
        command.run("login", "--token", "t0ken", "--certificate-authority", authority());

        Command.Result result = new Command(home).run("get", "subscription");

        assertThat(result.err()).isEmpty();
        assertThat(server.requests().getLast().headers()).containsEntry("Authorization", "Bearer t0ken");
    }

    @Test
    void isBelievedIfNobodyWantsToKnow() {
        assertThat(command.run("get", "subscription", "--insecure").err()).isEmpty();
    }

    @Test
    void anAuthorityThatIsNoneIsToldInOneLine() throws Exception {
        Path file = Files.writeString(home.resolve("empty.pem"), "");

        assertThat(command.run("get", "subscription", "--certificate-authority", file.toString()))
                .isEqualTo(new Command.Result(
                        1,
                        "",
                        "The certificate authority %s is no PEM file of certificates: name another with --certificate-authority.\n"
                                .formatted(file)));
    }

    private static String authority() {
        return certificates.resolve("authority.pem").toString();
    }

    /** Certificates are made by no public class of the JDK. */
    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(
                "-alias", "server", "-keystore", certificates.resolve("keys").toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }
}
