package io.dispatch.drivermanager;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a driver proves itself with, and where else that is not. */
@DriverManagerTest
@ExtendWith(OutputCaptureExtension.class)
class CredentialsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DRIVER = "{\"name\":\"clock\",\"type\":\"cron\",\"secrets\":[\"creds\"]}";

    @LocalServerPort
    private int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api acme;

    @BeforeEach
    void aDriverThatRuns() {
        acme = Api.of(port, "acme");
        acme.post("/v1/event/drivertypes", "{\"name\":\"cron\",\"image\":\"cron\"}");
        acme.post("/v1/secret", "{\"name\":\"creds\",\"secrets\":{\"k\":\"s3cret-value\"}}");
        acme.post("/v1/event/drivers", DRIVER);
        await().atMost(SOON)
                .until(() -> acme.get("/v1/event/drivers/clock").field("status").equals("READY"));
    }

    @AfterEach
    void clean() {
        acme.delete("/v1/event/drivers/clock");
        await().atMost(SOON).until(() -> acme.get("/v1/event/drivers/clock").status() == 404);
        acme.delete("/v1/event/drivertypes/cron");
        acme.delete("/v1/secret/creds");
    }

    @Test
    void theTokenStandsInAFileOfItsOwnersAndItsHashInTheTableOfTheGateway() throws Exception {
        Path file = tokenFile();
        String token = Files.readString(file);

        assertThat(token).matches("dt_[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(published()).containsExactly(new Published("acme", "clock", hash(token), null, 1));
    }

    @Test
    void aReplacedDriverHasANewTokenAndTheOneBeforeStaysValid() throws Exception {
        String first = Files.readString(tokenFile());

        acme.put("/v1/event/drivers/clock", "{\"name\":\"clock\",\"type\":\"cron\",\"config\":[{\"key\":\"debug\"}]}");

        await().atMost(SOON).until(() -> !Files.readString(tokenFile()).equals(first));
        assertThat(published())
                .containsExactly(new Published("acme", "clock", hash(Files.readString(tokenFile())), hash(first), 2));
    }

    @Test
    void aDeletedDriversTokenIsWorthlessAtOnce() throws SQLException {
        acme.delete("/v1/event/drivers/clock");

        assertThat(published()).isEmpty();
    }

    @Test
    void tokenAndSecretsAreInNoArgumentNoLogAndNoTable(CapturedOutput output) throws Exception {
        String token = Files.readString(tokenFile());
        long pid = ProcessHandle.current()
                .descendants()
                .filter(process -> arguments(process.pid()).contains(TestDriver.class.getName()))
                .findFirst()
                .orElseThrow()
                .pid();

        assertThat(arguments(pid)).contains("cron").doesNotContain(token, "s3cret-value");
        assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "environ")))
                .contains("K=s3cret-value")
                .doesNotContain(token);
        assertThat(output.getAll()).doesNotContain(token, "s3cret-value");
        assertThat(dump()).contains("clock").doesNotContain(token, "s3cret-value");
    }

    /** A row of {@code driver_credentials.driver}; hashes in hexadecimal. */
    private record Published(
            String organization,
            String name,
            String hash,
            @Nullable String previous,
            long generation) {}

    private static List<Published> published() throws SQLException {
        List<Published> rows = new ArrayList<>();
        try (Connection connection = TestDatabase.connect(TestDatabase.url(), ServiceRole.API_GATEWAY);
                PreparedStatement statement = connection.prepareStatement("""
                        select organization, name, encode(credential_hash, 'hex'), encode(previous_hash, 'hex'), generation
                          from driver_credentials.driver""");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(new Published(
                        result.getString(1),
                        result.getString(2),
                        result.getString(3),
                        result.getString(4),
                        result.getLong(5)));
            }
        }
        return rows;
    }

    private static String dump() throws SQLException {
        StringBuilder text = new StringBuilder();
        for (String table : List.of(
                "vault.secret",
                "driver_manager.driver",
                "driver_manager.driver_type",
                "driver_manager.checkpoint",
                "driver_credentials.driver")) {
            try (Connection connection = TestDatabase.connectAsSuperuser(TestDatabase.url());
                    PreparedStatement statement =
                            connection.prepareStatement("select t::text from %s t".formatted(table));
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    text.append(rows.getString(1));
                }
            }
        }
        return text.toString();
    }

    private static Path tokenFile() throws IOException {
        try (var files = Files.walk(DriverManagerTest.Settings.WORK_FOLDER.resolve("drivers"))) {
            return files.filter(file -> file.endsWith("token")).findFirst().orElseThrow();
        }
    }

    private static String arguments(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), UTF_8);
        } catch (IOException e) {
            return ""; // gone by now
        }
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
    }
}
