package io.dispatch.apigateway;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway before one service that stands for all three. */
final class RunningGateway implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final String VAULT_KEY = vaultKey();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Upstream upstream = new Upstream();
    private final String database;
    private final ConfigurableApplicationContext application;
    private final int port;

    private RunningGateway(String database, String... settings) {
        this.database = database;
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database,
                "--spring.datasource.password=" + TestDatabase.password(ServiceRole.API_GATEWAY),
                "--dispatch.vault.key=" + VAULT_KEY,
                "--dispatch.gateway.event-manager-url=" + upstream.url(),
                "--dispatch.gateway.function-invoker-url=" + upstream.url(),
                "--dispatch.gateway.driver-manager-url=" + upstream.url()));
        all.addAll(List.of(settings));
        this.application = SpringApplication.run(ApiGateway.class, all.toArray(String[]::new));
        this.port = Integer.parseInt(String.valueOf(application.getEnvironment().getProperty("local.server.port")));
        upstream.answers(null);
    }

    /** Starts one on a database of its own. */
    static RunningGateway start(String... settings) {
        return startOn(newDatabase(), settings);
    }

    /** Starts one, such as a second replica, on a database that is there. */
    static RunningGateway startOn(String database, String... settings) {
        return new RunningGateway(database, settings);
    }

    /** A database in which driver-manager has published its drivers' credentials. */
    static String newDatabase() {
        String url = TestDatabase.create();
        try (Connection connection = TestDatabase.connectAsSuperuser(url);
                Statement statement = connection.createStatement()) {
            statement.execute("set role driver_manager");
            statement.execute("""
                    create table driver_credentials.driver (
                        driver_id uuid primary key,
                        organization text not null,
                        name text not null,
                        credential_hash bytea not null,
                        previous_hash bytea,
                        generation bigint not null)
                    """);
            return url;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String vaultKey() {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()),
                    RegistryConfiguration.get(),
                    InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Upstream upstream() {
        return upstream;
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    String database() {
        return database;
    }

    int port() {
        return port;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    static JsonNode body(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    /** Sends these very bytes and returns all that comes back until the gateway closes the connection. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Stops the gateway only; once. */
    void stop() {
        application.close();
    }

    @Override
    public void close() {
        stop();
        upstream.close();
        client.close();
    }
}
