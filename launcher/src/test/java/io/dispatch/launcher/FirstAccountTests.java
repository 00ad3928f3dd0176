package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FirstAccountTests {

    @TempDir
    Path folder;

    private final FakeGateway gateway = new FakeGateway();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("bootstrap"));
        gateway.start(folder.resolve("bootstrap"));
    }

    @AfterEach
    void stop() {
        gateway.server.stop(0);
        client.close();
    }

    @Test
    void makesAnAccountThatMayDoEverythingAndShutsTheDoorBehindIt() throws Exception {
        String token = account().token();

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getIssuer()).isEqualTo("dispatch/default-svc");
        assertThat(gateway.made).containsExactly("/v1/iam/organization", "/v1/iam/serviceaccount", "/v1/iam/policy");
        JsonNode policy = Objects.requireNonNull(gateway.resources.get("default-policy"));
        assertThat(policy.path("global").asBoolean()).isTrue();
        assertThat(policy.path("rules").path(0).toString())
                .contains("\"subjects\":[\"default-svc\"]")
                .contains("\"resources\":[\"*\"]")
                .contains("\"actions\":[\"*\"]");
        assertThat(folder.resolve("bootstrap")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void usesTheSameAccountAtTheNextStart() throws Exception {
        account().token();
        gateway.made.clear();

        String token = account().token();

        assertThat(gateway.made).isEmpty();
        assertThat(gateway.knows(token)).isTrue();
    }

    @Test
    void givesTheAccountANewKeyWhenTheOldOneIsLost() throws Exception {
        account().token();
        Files.delete(folder.resolve("key.pem"));

        String token = account().token();

        assertThat(gateway.knows(token)).isTrue();
        assertThat(folder.resolve("bootstrap")).isEmptyDirectory();
    }

    private FirstAccount account() {
        GatewayClient open = new GatewayClient(
                client, "http://127.0.0.1:" + gateway.server.getAddress().getPort(), null);
        return new FirstAccount(open, folder.resolve("key.pem"), folder.resolve("bootstrap"), Clock.systemUTC());
    }

    /** Lets in whom the real one would: the bootstrap user while its folder is filled, and accounts by their key. */
    private static final class FakeGateway {

        private static final JsonMapper JSON = JsonMapper.shared();

        final Map<String, JsonNode> resources = new ConcurrentHashMap<>();
        final List<String> made = new ArrayList<>();
        private HttpServer server = newServer();
        private Path bootstrap = Path.of("");

        private static HttpServer newServer() {
            try {
                return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void start(Path bootstrapFolder) {
            bootstrap = bootstrapFolder;
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                boolean known = authorization != null && knows(authorization.replace("Bearer ", ""));
                exchange.sendResponseHeaders(known ? handle(exchange) : 401, -1);
            }
        }

        private int handle(HttpExchange exchange) throws IOException {
            if (exchange.getRequestMethod().equals("GET")) {
                return 200;
            }
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String name = body.path("name").asString();
            if (exchange.getRequestMethod().equals("POST") && resources.containsKey(name)) {
                return 409;
            }
            made.add(exchange.getRequestURI().getPath());
            resources.put(name, body);
            return 201;
        }

        boolean knows(String token) {
            try {
                SignedJWT parsed = SignedJWT.parse(token);
                String key = keyOf(parsed.getJWTClaimsSet().getIssuer());
                return key != null && parsed.verify(new RSASSAVerifier(publicKey(key)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private @Nullable String keyOf(String issuer) throws IOException {
            Path user = bootstrap.resolve("bootstrap_user");
            if (Files.exists(user) && Files.readString(user).equals(issuer)) {
                return Files.readString(bootstrap.resolve("bootstrap_public_key"));
            }
            JsonNode account = resources.get(issuer.replace("dispatch/", ""));
            return account == null ? null : account.path("publicKey").asString();
        }

        private static RSAPublicKey publicKey(String text) throws Exception {
            String pem = new String(Base64.getDecoder().decode(text), StandardCharsets.US_ASCII);
            byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
        }
    }
}
