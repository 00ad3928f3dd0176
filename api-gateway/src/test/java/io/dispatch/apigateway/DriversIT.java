package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.testing.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers come in with their token: to emit, and to their own state; nowhere else. */
class DriversIT {

    private static final UUID ID = UUID.randomUUID();
    private static final String TOKEN = "dt_" + "a".repeat(43);
    private static final String PREVIOUS = "dt_" + "b".repeat(43);
    private static final TestAccount ROOT = TestAccount.of("root");

    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(
                "--dispatch.gateway.strict=false",
                "--dispatch.gateway.bootstrap-user=root",
                "--dispatch.gateway.bootstrap-public-key=" + ROOT.publicKey());
        new Administrator(gateway, ROOT).makeOrganization("acme");
        publish(ID, "heartbeat", TOKEN, PREVIOUS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        gateway.upstream().answers(null);
    }

    private static void publish(UUID id, String name, String token, String previous) throws Exception {
        update(
                "insert into driver_credentials.driver values (?, 'acme', ?, ?, ?, 1)",
                id,
                name,
                sha256(token),
                sha256(previous));
    }

    private static void update(String sql, Object... parameters) throws Exception {
        try (Connection connection = TestDatabase.connectAsSuperuser(gateway.database());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private static byte[] sha256(String token) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static HttpResponse<String> emit(String query, String... headers) throws Exception {
        var request = gateway.request("/v1/event/ingest" + query)
                .header("Content-Type", "application/json")
                .header("Cookie", "unset")
                .POST(BodyPublishers.ofString("{\"eventType\":\"ticker.tick\"}"));
        return gateway.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void anOldDriverEmitsWithItsTokenInTheQuery() throws Exception {
        HttpResponse<String> answer = emit("?authToken=" + TOKEN);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(gateway.upstream().last().body()).isEqualTo("{\"eventType\":\"ticker.tick\"}");
        assertThat(gateway.upstream().last().subject()).isEqualTo("driver:" + ID);
        assertThat(gateway.upstream().last().organization()).isEqualTo("acme");
    }

    @Test
    void aTokenInTheQueryGoesNoFurther() throws Exception {
        String large = " ".repeat(100_000);

        gateway.send(gateway.request("/v1/event/ingest?authToken=" + TOKEN + "&x=1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(large)));

        assertThat(gateway.upstream().last().uri()).isEqualTo("/v1/event/ingest?x=1");
        assertThat(gateway.upstream().last().scope()).doesNotContain("*:*").contains("event:create");
    }

    @Test
    void aDriverOfTheSdkEmitsWithItsTokenAsBearer() throws Exception {
        assertThat(emit("", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(202);
        assertThat(gateway.upstream().last().subject()).isEqualTo("driver:" + ID);
    }

    @Test
    void theTokenBeforeStaysGoodWhileTheNewOneIsHandedOut() throws Exception {
        assertThat(emit("?authToken=" + PREVIOUS).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 422, 602, authToken in query is required",
        "?authToken=, 422, 602, authToken in query is required",
        "?authToken=dt_unknown, 401, 401, token not recognized",
        "?authToken=dt_ccccccccccccccccccccccccccccccccccccccccccc, 401, 401, token not recognized",
        "?authToken=0b0e7a2e-6c5b-4a0e-a2a5-3f9a1c5d7e90, 401, 401, token not recognized",
    })
    void withoutAGoodTokenNothingComesIn(String query, int status, int code, String message) throws Exception {
        HttpResponse<String> answer = emit(query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(RunningGateway.body(answer).path("code").asInt()).isEqualTo(code);
        assertThat(RunningGateway.body(answer).path("message").asString()).isEqualTo(message);
        assertThat(gateway.upstream().received()).isEmpty();
    }

    @Test
    void anAccountsTokenIsNoDrivers() throws Exception {
        assertThat(emit("", "Authorization", ROOT.bearer()).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/event/drivers/heartbeat/state/cursor, 200",
        "GET, /v1/event/drivers/heartbeat/state/cursor, 200",
        "GET, /v1/event/drivers/other/state/cursor, 403",
        "GET, /v1/event/drivers/heartbeat, 403",
        "POST, /v1/event, 403",
        "GET, /v1/secret, 403",
        "GET, /v1/iam/serviceaccount, 403",
        "GET, /home, 403",
    })
    void itsTokenOpensItsOwnStateAndNothingElse(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void aDriverSpeaksForNoOtherOrganization() throws Exception {
        assertThat(emit("?authToken=" + TOKEN, "X-Dispatch-Org", "globex").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aProbeOfTheOriginalsDriversIsAnswered() throws Exception {
        assertThat(gateway.get("/v1/event/ingest").statusCode()).isEqualTo(405);
    }

    @Test
    void aDeletedDriverIsRefusedWithinFiveSeconds() throws Exception {
        UUID id = UUID.randomUUID();
        String token = "dt_" + "d".repeat(43);
        publish(id, "leaver", token, token);
        assertThat(emit("?authToken=" + token).statusCode()).isEqualTo(202);

        update("delete from driver_credentials.driver where driver_id = ?", id);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> emit("?authToken=" + token).statusCode() == 401);
    }
}
