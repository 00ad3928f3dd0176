package io.dispatch.drivermanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.drivermanager.Api.Answer;
import io.dispatch.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@DriverManagerTest
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {

    private static final String SMTP = """
            {"name":"smtp","secrets":{"smtp-user":"robot-name","smtp-password":"s3cret-password"},
             "tags":[{"key":"Application","value":"shop"}]}""";

    @LocalServerPort
    private int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api acme;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api reader;

    @BeforeEach
    void clean() {
        acme = Api.of(port, "acme");
        reader = Api.of(port, "acme", "secret:get", "secret:create", "secret:update");
        acme.delete("/v1/secret/smtp");
        Api.of(port, "other").delete("/v1/secret/smtp");
    }

    @Test
    void whoMayRevealSeesTheValues() {
        Answer made = acme.post("/v1/secret", SMTP);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.field("kind")).isEqualTo("Secret");
        assertThat(acme.get("/v1/secret/smtp")
                        .json()
                        .at("/secrets/smtp-password")
                        .asString())
                .isEqualTo("s3cret-password");
    }

    @Test
    void whoMayNotRevealSeesTheKeysOnly() {
        acme.post("/v1/secret", SMTP);

        Answer shown = reader.get("/v1/secret/smtp");
        Answer listed = reader.get("/v1/secret/");

        assertThat(shown.json().at("/secrets/smtp-password").asString()).isEqualTo("<hidden>");
        assertThat(shown.text() + listed.text()).contains("smtp-user").doesNotContain("s3cret", "robot-name");
    }

    @Test
    void theMaskWrittenBackKeepsTheValue() {
        acme.post("/v1/secret", SMTP);

        Answer put = reader.put(
                "/v1/secret/smtp", "{\"name\":\"smtp\",\"secrets\":{\"smtp-user\":\"<hidden>\",\"host\":\"mail\"}}");

        assertThat(put.status()).isEqualTo(201);
        assertThat(acme.get("/v1/secret/smtp").json().at("/secrets").toString())
                .isEqualTo("{\"host\":\"mail\",\"smtp-user\":\"robot-name\"}");
    }

    @Test
    void theMaskIsNoValueWhereThereIsNoneToKeep() {
        Answer made = acme.post("/v1/secret", "{\"name\":\"smtp\",\"secrets\":{\"host\":\"<hidden>\"}}");

        assertThat(made.status()).isEqualTo(400);
        assertThat(made.field("message")).contains("secrets.host", "none to keep");
        assertThat(acme.get("/v1/secret/smtp").status()).isEqualTo(404);
    }

    @Test
    void tagsAreKeptWhenValuesAreReplacedAndCanBeAskedFor() {
        acme.post("/v1/secret", SMTP);

        acme.put("/v1/secret/smtp", "{\"name\":\"smtp\",\"secrets\":{},\"tags\":null}");

        assertThat(acme.get("/v1/secret?tags=app=shop").json()).hasSize(1);
        assertThat(acme.get("/v1/secret?tags=app=other").json()).isEmpty();
        assertThat(acme.get("/v1/secret/smtp?tags=app=other").status()).isEqualTo(404);
    }

    @Test
    void aVersionThatIsNotTheLastChangesNothing() {
        String version = acme.post("/v1/secret", SMTP).etag();
        String body = "{\"name\":\"smtp\",\"secrets\":{\"host\":\"mail\"}}";

        Answer first = acme.put("/v1/secret/smtp", body, "If-Match", version);
        Answer second = acme.put("/v1/secret/smtp", body, "If-Match", version);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.etag()).isEqualTo(first.etag()).isNotEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SMTP,
                "{\"name\":\"smtp\",\"secrets\":{\"smtp-password\":\"<hidden>\",\"smtp-user\":\"robot-name\"}}"
            })
    void theSameValuesMaskedOrNotChangeNothing(String same) throws SQLException {
        String version = acme.post("/v1/secret", SMTP).etag();
        String before = dump();

        Answer put = reader.put("/v1/secret/smtp", same, "If-Match", version);

        assertThat(put.status()).isEqualTo(201);
        assertThat(put.etag()).isEqualTo(version);
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void whatIsDeletedIsGone() {
        acme.post("/v1/secret", SMTP);

        Answer deleted = acme.delete("/v1/secret/smtp");

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertThat(acme.delete("/v1/secret/smtp").status()).isEqualTo(404);
    }

    @Test
    void badSecretsAreRefusedWithTheOriginalsCodes() {
        acme.post("/v1/secret", SMTP);

        assertThat(acme.post("/v1/secret", SMTP).field("message")).isEqualTo("secret smtp already exists");
        assertThat(acme.post("/v1/secret", "{\"name\":\"a\",\"secrets\":{\"k\":1}}")
                        .status())
                .isEqualTo(400);
        assertThat(acme.post("/v1/secret", "{\"name\":\"-a\",\"secrets\":{}}")
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(605);
        assertThat(acme.post("/v1/secret", "{\"secrets\":{}}")
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(602);
        assertThat(acme.put("/v1/secret/smtp", "{\"name\":\"smtp\"}")
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(602);
        assertThat(acme.put("/v1/secret/smtp", "{\"name\":\"imap\",\"secrets\":{}}")
                        .status())
                .isEqualTo(400);
        assertThat(acme.get("/v1/secret/none").field("message")).isEqualTo("secret none not found");
    }

    @Test
    void anotherOrganizationSeesNothingOfIt() {
        acme.post("/v1/secret", SMTP);
        Api other = Api.of(port, "other");

        assertThat(other.get("/v1/secret/smtp").status()).isEqualTo(404);
        assertThat(other.get("/v1/secret").json()).isEmpty();
        assertThat(other.put("/v1/secret/smtp", SMTP).status()).isEqualTo(404);
        assertThat(other.delete("/v1/secret/smtp").status()).isEqualTo(404);
        assertThat(other.post("/v1/secret", SMTP).status()).isEqualTo(201);
        assertThat(acme.get("/v1/secret/smtp").etag()).isEqualTo("\"0\"");
    }

    @Test
    void valuesAreNeitherInTablesNorInLogs(CapturedOutput output) throws SQLException {
        acme.post("/v1/secret", SMTP);
        reader.put("/v1/secret/smtp", "{\"name\":\"smtp\",\"secrets\":{\"k\":\"s3cret-password\"},}");
        reader.put("/v1/secret/smtp", "{\"name\":\"smtp\",\"secrets\":{\"k\":[\"s3cret-password\"]}}");

        assertThat(dump()).contains("smtp").doesNotContain("s3cret", "robot-name");
        assertThat(output.getAll()).doesNotContain("s3cret", "robot-name");
    }

    private static String dump() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = TestDatabase.connectAsSuperuser(TestDatabase.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select s::text, ciphertext from vault.secret s")) {
            while (rows.next()) {
                text.append(rows.getString(1));
                text.append(new String(rows.getBytes(2), StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
