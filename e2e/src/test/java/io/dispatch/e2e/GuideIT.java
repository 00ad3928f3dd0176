package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * The documents and the commands of the original's user guide, word for word and in its order. Documents and commands are
 * alternatives, so each way has an organization of its own.
 */
@ExtendWith(SharedProduct.class)
class GuideIT {

    private static final String DRIVER_TYPE = """
            kind: DriverType
            name: vcenter
            image: dispatchframework/dispatch-events-vcenter
            expose: false
            tags:
              - key: role
                value: example
            """;

    private static final String DRIVER = """
            kind: Driver
            name: vcenter1.example.com
            type: vcenter
            config:
              - key: vcenterurl
                value: user:passwd@host:port
            tags:
              - key: role
                value: example
            """;

    private static final String SECRET = """
            kind: Secret
            name: vcenter
            secrets:
              vcenterurl: user:passwd@host:port
            """;

    private static Product product;

    @BeforeAll
    static void start(Product shared) {
        product = shared;
    }

    @Test
    void theDocumentsOfTheGuide() throws IOException, InterruptedException {
        CommandLine user = new CommandLine(product, "guide-documents");
        user.write("type.yaml", DRIVER_TYPE);
        user.write("driver.yaml", DRIVER);
        user.write("secret.yaml", SECRET);

        assertThat(user.says("create", "-f", "type.yaml")).isEqualTo("Created DriverType: vcenter\n");
        assertThat(user.says("create", "-f", "driver.yaml")).isEqualTo("Created Driver: vcenter1.example.com\n");
        assertThat(user.says("create", "-f", "secret.yaml")).isEqualTo("Created Secret: vcenter\n");
        assertThat(user.says("get", "eventdriver"))
                .contains("vcenter1.example.com", "vcenterurl=user:passwd@host:port");
        assertThat(json(user.says("get", "eventdrivertype", "vcenter", "-o", "json"))
                        .at("/tags/0/value")
                        .asString(""))
                .isEqualTo("example");
        assertThat(user.says("delete", "-f", "driver.yaml")).isEqualTo("Deleted Driver: vcenter1.example.com\n");
    }

    @Test
    void theCommandsOfTheGuide() throws IOException, InterruptedException {
        CommandLine user = new CommandLine(product, "guide-commands");
        user.write("secret.json", "{\"vcenterurl\": \"user:passwd@host:port\"}");

        assertThat(user.says("create", "eventdrivertype", "vcenter", "dispatchframework/dispatch-events-vcenter"))
                .isEqualTo("Created event driver type: vcenter\n");
        assertThat(user.says(
                        "create",
                        "eventdriver",
                        "vcenter",
                        "--name",
                        "vcenter1.example.com",
                        "--set",
                        "vcenterurl=user:passwd@host:port"))
                .isEqualTo("Created event driver: vcenter1.example.com\n");
        assertThat(user.says("create", "secret", "vcenter", "secret.json")).isEqualTo("Created secret: vcenter\n");
        assertThat(user.says("create", "eventdriver", "vcenter", "--name", "by-secret", "--secret", "vcenter"))
                .isEqualTo("Created event driver: by-secret\n");
        assertThat(user.says("get", "eventdriver")).contains("NAME", "STATUS", "vcenter1.example.com", "by-secret");
        assertThat(user.says("create", "subscription", "--event-type", "vm.being.created", "myFunction"))
                .startsWith("created subscription: ")
                .contains("EVENT TYPE", "vm.being.created", "myFunction", "READY");
    }

    @Test
    void aTypesNameWhereTheGuideSlipsIsExplained() throws IOException, InterruptedException {
        CommandLine user = new CommandLine(product, "guide-slip");
        user.says("create", "eventdrivertype", "vcenter", "dispatchframework/dispatch-events-vcenter");

        CommandLine.Ended ended =
                user.dispatch("create", "eventdriver", "vcenter1.example.com", "--name", "vcenter1.example.com");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("[Code: 400] ")
                .contains("dispatch create eventdriver vcenter --name vcenter1.example.com");
    }

    @Test
    void eachWayToEmitRunsTheFunction() throws IOException, InterruptedException {
        CommandLine user = new CommandLine(product, "guide-emit");
        user.says("create", "function", "hello", "--command", "hello");
        user.says("create", "subscription", "hello", "--event-type", "my.event", "--name", "mine");
        user.says("create", "subscription", "hello", "--event-type", "my.event", "--name", "mine-too");
        user.write("payload.txt", "plain");

        assertThat(user.says("emit", "my.event", "--data", "{ \"example\": \"payload\"}"))
                .isEqualTo("event emitted\n");
        user.says(
                "emit",
                "my.event",
                "--data",
                "{ \"example\": \"payload\"}",
                "--event-id",
                "4711",
                "--source",
                "shop",
                "--event-type-version",
                "1.0",
                "--schema-url",
                "http://example.com/schema",
                "--content-type",
                "application/json");
        user.says("emit", "my.event", "--data-from-file", "payload.txt");

        JsonNode runs = await().atMost(Duration.ofSeconds(30))
                .until(() -> json(user.says("get", "run", "hello", "-o", "json")), found -> found.size() == 6);
        assertThat(runs.findValuesAsString("status")).containsOnly("READY");
        assertThat(runs.toString()).contains("{\"example\":\"payload\"}", "\"plain\"", "\"eventID\":\"4711\"");
        assertThat(user.says("events", "show", "4711")).contains("shop", "http://example.com/schema");
    }

    @Test
    void applyingTwiceChangesNothingTheSecondTime() throws IOException, InterruptedException {
        CommandLine user = new CommandLine(product, "guide-apply");
        user.write("type.yaml", DRIVER_TYPE);
        assertThat(user.says("apply", "-f", "type.yaml")).isEqualTo("Created DriverType: vcenter\n");
        String before = user.says("get", "eventdrivertype", "vcenter", "-o", "json");

        assertThat(user.says("apply", "-f", "type.yaml")).isEqualTo("Updated DriverType: vcenter\n");

        assertThat(user.says("get", "eventdrivertype", "vcenter", "-o", "json")).isEqualTo(before);
    }

    @Test
    void whatIsRefusedIsOneLineWithItsCode() throws IOException, InterruptedException {
        CommandLine user = new CommandLine(product, "guide-errors");
        user.says("create", "subscription", "hello", "--event-type", "my.event", "--name", "mine");

        assertRefused(user, "409", "create", "subscription", "hello", "--event-type", "my.event", "--name", "mine");
        assertRefused(user, "404", "get", "subscription", "nobody");
        assertRefused(user, "605", "create", "subscription", "hello", "--event-type", "my.event", "--name", "no name");
        assertRefused(user, "605", "emit", "no type", "--data", "{}");
    }

    private static void assertRefused(CommandLine user, String code, String... words)
            throws IOException, InterruptedException {
        CommandLine.Ended ended = user.dispatch(words);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("[Code: %s] ".formatted(code)).hasLineCount(1);
    }

    private static JsonNode json(String text) {
        return Product.JSON.readTree(text);
    }
}
