package io.dispatch.drivermanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.drivermanager.Api.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@DriverManagerTest
class DriverStoriesIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api acme;

    @BeforeEach
    void aCronType() {
        acme = Api.of(port, "acme");
        acme.post("/v1/event/drivertypes", "{\"name\":\"cron\",\"image\":\"dispatchframework/cron-driver:0.1\"}");
    }

    @AfterEach
    void clean() {
        acme.get("/v1/event/drivers")
                .json()
                .forEach(driver -> delete(driver.path("name").asString()));
        acme.get("/v1/event/drivertypes")
                .json()
                .forEach(type ->
                        acme.delete("/v1/event/drivertypes/" + type.path("name").asString()));
        acme.get("/v1/secret")
                .json()
                .forEach(secret ->
                        acme.delete("/v1/secret/" + secret.path("name").asString()));
    }

    @Test
    void aDriverStartsWithItsOptionsAndSecretsAndBecomesReady() {
        acme.post("/v1/secret", "{\"name\":\"creds\",\"secrets\":{\"api-token\":\"t0ken-value\"}}");

        Answer made = acme.post("/v1/event/drivers", """
                {"name":"heartbeat.example.com","type":"cron","secrets":["creds"],
                 "config":[{"key":"cron","value":"0 * * * ?"},{"key":"debug"},{"key":"a","value":"b=c"}]}""");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.field("status")).isEqualTo("CREATING");
        awaitStatus("heartbeat.example.com", "READY");
        assertThat(logs("heartbeat.example.com"))
                .contains("arguments [--cron=0 * * * ?, --debug, --a=b=c]")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("variables [API_TOKEN, DISPATCH_DRIVER_ID, DISPATCH_DRIVER_NAME")
                        .contains("K_SINK")
                        .doesNotContain("HOME", "JAVA_HOME", "AUTH_TOKEN"));
    }

    @Test
    void aKilledDriverComesBack() {
        ready("heartbeat", "[]");
        long first = pid("heartbeat");

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().atMost(SOON).untilAsserted(() -> assertThat(pid("heartbeat")).isNotEqualTo(first));
        awaitStatus("heartbeat", "READY");
    }

    @Test
    void aWrongConfigurationIsShownWithTheDriversOwnWordsAndHealsWhenReplaced() {
        create("heartbeat", "[{\"key\":\"exit\",\"value\":\"78\"}]");

        awaitReason("heartbeat", "CrashLoopBackOff: exit 78: option exit: asked to end");
        Answer replaced = put("heartbeat", "[]");

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.field("status")).isEqualTo("UPDATING");
        awaitStatus("heartbeat", "READY");
    }

    @Test
    void aDriverThatIsNotReadyIsNotShownAsReady() {
        create("heartbeat", "[{\"key\":\"not-ready\",\"value\":\"no connection\"}]");

        await().atMost(SOON).until(() -> !logs("heartbeat").isEmpty());
        assertThat(status("heartbeat")).isEqualTo("CREATING");
    }

    @Test
    void imagesThatCannotRunHereSaySoAtOnce() {
        acme.post("/v1/event/drivertypes", "{\"name\":\"ticker\",\"image\":\"registry.example.com:5000/ticker:1.4\"}");
        acme.post("/v1/event/drivertypes", "{\"name\":\"vc\",\"image\":\"dispatchframework/dispatch-events-vcenter\"}");
        acme.post("/v1/event/drivertypes", "{\"name\":\"none\",\"image\":\"\"}");

        for (String type : List.of("ticker", "vc", "none")) {
            acme.post("/v1/event/drivers", "{\"name\":\"%1$s-driver\",\"type\":\"%1$s\"}".formatted(type));
        }

        awaitReason(
                "ticker-driver",
                "NeedsKubernetes: image registry.example.com:5000/ticker:1.4 is no driver of Dispatch");
        awaitReason(
                "vc-driver", "NotAvailable: image dispatchframework/dispatch-events-vcenter is a driver of Dispatch");
        awaitReason("none-driver", "NoImage: ");
    }

    @Test
    void aMissingSecretIsNamedAndItsDriverHealsWhenItComes() {
        acme.post("/v1/event/drivers", "{\"name\":\"heartbeat\",\"type\":\"cron\",\"secrets\":[\"creds\"]}");

        awaitReason("heartbeat", "SecretMissing: secret creds does not exist in organization acme");
        acme.post("/v1/secret", "{\"name\":\"creds\",\"secrets\":{\"k\":\"v\"}}");

        awaitStatus("heartbeat", "READY");
    }

    @Test
    void aChangedSecretReachesItsDriver() {
        acme.post("/v1/secret", "{\"name\":\"creds\",\"secrets\":{\"token\":\"the-first\"}}");
        acme.post("/v1/event/drivers", """
                {"name":"heartbeat","type":"cron","secrets":["creds"],"config":[{"key":"show","value":"TOKEN"}]}""");
        awaitStatus("heartbeat", "READY");
        long first = pid("heartbeat");

        acme.put("/v1/secret/creds", "{\"name\":\"creds\",\"secrets\":{\"token\":\"the-second\",\"more\":\"x\"}}");

        await().atMost(SOON).untilAsserted(() -> assertThat(pid("heartbeat")).isNotEqualTo(first));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(logs("heartbeat"))
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("variables [DISPATCH")
                                .contains("MORE, PATH, TOKEN]")));
        awaitStatus("heartbeat", "READY");
        assertThat(logs("heartbeat")).contains("TOKEN is <hidden>");
    }

    @Test
    void aDeletedSecretStopsItsDriver() {
        acme.post("/v1/secret", "{\"name\":\"creds\",\"secrets\":{\"k\":\"v\"}}");
        acme.post("/v1/event/drivers", "{\"name\":\"heartbeat\",\"type\":\"cron\",\"secrets\":[\"creds\"]}");
        awaitStatus("heartbeat", "READY");
        long pid = pid("heartbeat");

        acme.delete("/v1/secret/creds");

        awaitReason("heartbeat", "SecretMissing: ");
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void whatWouldTakeThePlaceOfAnotherVariableIsRefused() {
        acme.post("/v1/secret", "{\"name\":\"one\",\"secrets\":{\"api-token\":\"v\"}}");
        acme.post("/v1/secret", "{\"name\":\"two\",\"secrets\":{\"API_TOKEN\":\"v\"}}");
        acme.post("/v1/secret", "{\"name\":\"three\",\"secrets\":{\"k-sink\":\"v\"}}");

        Answer collision =
                acme.post("/v1/event/drivers", "{\"name\":\"h\",\"type\":\"cron\",\"secrets\":[\"one\",\"two\"]}");
        Answer reserved = acme.post("/v1/event/drivers", "{\"name\":\"h\",\"type\":\"cron\",\"secrets\":[\"three\"]}");

        assertThat(collision.status()).isEqualTo(400);
        assertThat(collision.field("message"))
                .isEqualTo("bad request when processing event driver h: key API_TOKEN of secret two would be the"
                        + " environment variable API_TOKEN, and so would key api-token of secret one");
        assertThat(reserved.status()).isEqualTo(400);
        assertThat(reserved.field("message")).endsWith("would be the environment variable K_SINK, which is reserved");
        assertThat(acme.get("/v1/event/drivers/h").status()).isEqualTo(404);
    }

    @Test
    void aDriverTakesTheImageOfItsTypeWhenItIsReplacedAndNotBefore() {
        ready("heartbeat", "[]");
        long pid = pid("heartbeat");
        acme.put("/v1/event/drivertypes/cron", "{\"name\":\"cron\",\"image\":\"example.com/other\",\"expose\":true}");
        acme.put("/v1/event/drivers/none", "{}"); // any pass of the loop

        assertThat(status("heartbeat")).isEqualTo("READY");
        assertThat(pid("heartbeat")).isEqualTo(pid);
        assertThat(acme.get("/v1/event/drivers/heartbeat").json().path("expose").asBoolean())
                .isFalse();
        put("heartbeat", "[]");

        awaitReason("heartbeat", "NeedsKubernetes: image example.com/other");
        assertThat(acme.get("/v1/event/drivers/heartbeat").json().path("expose").asBoolean())
                .isTrue();
    }

    @Test
    void newTagsDoNotStartADriverAgain() {
        ready("heartbeat", "[]");
        long pid = pid("heartbeat");

        acme.put(
                "/v1/event/drivers/heartbeat",
                "{\"name\":\"heartbeat\",\"type\":\"cron\",\"config\":[],\"tags\":[{\"key\":\"Application\",\"value\":\"shop\"}]}");

        awaitStatus("heartbeat", "READY");
        assertThat(pid("heartbeat")).isEqualTo(pid);
        assertThat(acme.get("/v1/event/drivers?tags=app=shop").json()).hasSize(1);
        assertThat(acme.get("/v1/event/drivers?tags=app=none").json()).isEmpty();
    }

    @Test
    void aDeletedDriverIsGoneWithItsProcessAndItsFiles() throws IOException {
        ready("heartbeat", "[]");
        long pid = pid("heartbeat");

        Answer deleted = acme.delete("/v1/event/drivers/heartbeat");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.field("status")).isEqualTo("DELETING");
        await().atMost(SOON).until(() -> acme.get("/v1/event/drivers/heartbeat").status() == 404);
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(driverFolders()).isEmpty();
        assertThat(acme.delete("/v1/event/drivers/heartbeat").field("message"))
                .isEqualTo("event driver heartbeat not found");
    }

    @Test
    void aDeletedTypeLeavesItsDriversRunning() {
        ready("heartbeat", "[]");

        acme.delete("/v1/event/drivertypes/cron");

        assertThat(status("heartbeat")).isEqualTo("READY");
        assertThat(put("heartbeat", "[]").field("message"))
                .isEqualTo("bad request when processing event driver heartbeat: driver type cron does not exist");
    }

    @Test
    void badDriversAreRefused() {
        ready("heartbeat", "[]");

        assertThat(acme.post("/v1/event/drivers", "{\"name\":\"heartbeat\",\"type\":\"cron\"}")
                        .field("message"))
                .isEqualTo("event driver heartbeat already exists");
        assertThat(acme.post("/v1/event/drivers", "{\"name\":\"UPPER\",\"type\":\"cron\"}")
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(605);
        assertThat(acme.post("/v1/event/drivers", "{\"name\":\"%s\",\"type\":\"cron\"}".formatted("a".repeat(254)))
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(603);
        assertThat(acme.post("/v1/event/drivers", "{\"name\":\"a\",\"type\":\"cron\",\"status\":\"HAPPY\"}")
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(606);
        assertThat(acme.post("/v1/event/drivers", "{\"name\":\"a\",\"type\":\"cron\",\"tags\":[null]}")
                        .status())
                .isEqualTo(422);
        assertThat(acme.post("/v1/event/drivers", "{\"name\":\"a\",\"type\":\"cron\",\"config\":[{\"key\":\"--a\"}]}")
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(605);
        assertThat(acme.put("/v1/event/drivers/heartbeat", "{\"name\":\"other\",\"type\":\"cron\"}")
                        .status())
                .isEqualTo(400);
        assertThat(acme.get("/v1/event/drivers/a%20b").json().path("code").asInt())
                .isEqualTo(605);
        assertThat(acme.get("/v1/event/drivers/heartbeat/logs?limit=0").status())
                .isEqualTo(422);
    }

    @Test
    void aVersionThatIsNotTheLastChangesNothing() {
        String version = create("heartbeat", "[]").etag();
        String body = "{\"name\":\"heartbeat\",\"type\":\"cron\"}";

        Answer first = acme.put("/v1/event/drivers/heartbeat", body, "If-Match", version);
        Answer second = acme.put("/v1/event/drivers/heartbeat", body, "If-Match", version);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.etag()).isEqualTo(first.etag());
        assertThat(acme.delete("/v1/event/drivers/heartbeat", "If-Match", version)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void anotherOrganizationSeesNothingOfIt() {
        ready("heartbeat", "[]");
        Api other = Api.of(port, "other");

        assertThat(other.get("/v1/event/drivers").json()).isEmpty();
        assertThat(other.get("/v1/event/drivertypes").json()).isEmpty();
        assertThat(other.get("/v1/event/drivers/heartbeat").status()).isEqualTo(404);
        assertThat(other.get("/v1/event/drivers/heartbeat/logs").status()).isEqualTo(404);
        assertThat(other.get("/v1/event/drivertypes/cron").status()).isEqualTo(404);
        assertThat(other.post("/v1/event/drivers", "{\"name\":\"heartbeat\",\"type\":\"cron\"}")
                        .field("message"))
                .endsWith("driver type cron does not exist");
        assertThat(other.delete("/v1/event/drivers/heartbeat").status()).isEqualTo(404);
        assertThat(status("heartbeat")).isEqualTo("READY");
    }

    private void ready(String name, String config) {
        assertThat(create(name, config).status()).isEqualTo(201);
        awaitStatus(name, "READY");
    }

    private Answer create(String name, String config) {
        return acme.post(
                "/v1/event/drivers", "{\"name\":\"%s\",\"type\":\"cron\",\"config\":%s}".formatted(name, config));
    }

    private Answer put(String name, String config) {
        return acme.put(
                "/v1/event/drivers/" + name,
                "{\"name\":\"%s\",\"type\":\"cron\",\"config\":%s}".formatted(name, config));
    }

    private void delete(String name) {
        acme.delete("/v1/event/drivers/" + name);
        await().atMost(SOON).until(() -> acme.get("/v1/event/drivers/" + name).status() == 404);
    }

    private String status(String name) {
        return acme.get("/v1/event/drivers/" + name).field("status");
    }

    private void awaitStatus(String name, String status) {
        await().atMost(SOON).untilAsserted(() -> {
            Answer answer = acme.get("/v1/event/drivers/" + name);
            assertThat(answer.field("status")).as(answer.text()).isEqualTo(status);
        });
    }

    private void awaitReason(String name, String beginning) {
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode driver = acme.get("/v1/event/drivers/" + name).json();
            assertThat(driver.path("status").asString()).isEqualTo("ERROR");
            JsonNode reasons = driver.path("reason");
            assertThat(reasons.path(reasons.size() - 1).asString()).startsWith(beginning);
            assertThat(reasons.path(0).asString())
                    .startsWith(reasons.size() == 1 ? "Secret" : "DeploymentNotAvailable");
        });
    }

    private List<String> logs(String name) {
        List<String> lines = new ArrayList<>();
        acme.get("/v1/event/drivers/%s/logs".formatted(name)).json().forEach(line -> lines.add(line.asString()));
        return lines;
    }

    /** Of its newest process; 0 before it has told. */
    private long pid(String name) {
        return logs(name).stream()
                .filter(line -> line.startsWith("pid "))
                .mapToLong(line -> Long.parseLong(line.substring(4)))
                .reduce(0, (_, newer) -> newer);
    }

    private static List<Path> driverFolders() throws IOException {
        try (var folders = Files.list(DriverManagerTest.Settings.WORK_FOLDER.resolve("drivers"))) {
            return folders.filter(folder -> !folder.endsWith("processes")).toList();
        }
    }
}
