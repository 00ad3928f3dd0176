package io.dispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands of contract section 12.3: what they send, what they print, how they end. */
class EventCommandsTests {

    private static final String SUBSCRIPTION = """
            {"createdTime":1543565700,"eventType":"vm.being.created","function":"myFunction","kind":"Subscription",\
            "modifiedTime":1543565700,"name":"created","secrets":null,"status":"READY","tags":null}""";

    @TempDir
    Path home;

    @RegisterExtension
    final RecordingServer server = new RecordingServer();

    private static final String EVENT_ID = "00000000-0000-8001-8000-800000000000";
    private static final String LOGGED = """
            {"acceptedAt":"2026-11-24T11:00:00Z","eventId":"%s","event":{"type":"order.paid","source":"/shop","id":"a/1"},
             "matched":[{"subscription":"receipts","function":"mail"}]}""".formatted(EVENT_ID);

    private Command command;

    @BeforeEach
    void start() {
        command = Command.to(server, home);
    }

    @Test
    void anEventIsShownWithAllThatBecameOfItWhicheverIdIsGiven() {
        server.on("GET /v1/event/events?id=a%2F1&limit=10", 200, "[" + LOGGED + "]")
                .on("GET /v1/event/events/" + EVENT_ID, 200, """
                        {"acceptedAt":"2026-11-24T11:00:00Z","eventId":"%s","event":{"type":"order.paid","id":"a/1"},
                         "deliveries":[{"subscription":"receipts","state":"due","attempts":2,"reason":"status 503",
                                        "nextAttemptAt":"2026-11-24T11:10:00Z"}],
                         "runs":[{"id":"r1","subscription":"receipts","function":"mail","attempt":1,"status":"ERROR",
                                  "error":{"message":"no room"}}]}""".formatted(EVENT_ID));

        Command.Result sender = command.run("events", "show", "a/1");
        Command.Result platform = command.run("events", "show", EVENT_ID);

        assertThat(sender.exit()).as(sender.err()).isZero();
        assertThat(sender.out())
                .contains("order.paid", "receipts", "due", "status 503", "Nov 24 11:10:00", "r1", "mail", "no room");
        assertThat(platform.out()).isEqualTo(sender.out());
    }

    @Test
    void ofSeveralEventsWithOneIdEachIsNamed() {
        server.on("GET /v1/event/events?id=1&limit=10", 200, "[%s,%s]".formatted(LOGGED, LOGGED));

        Command.Result result = command.run("events", "show", "1");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains(EVENT_ID);
        assertThat(result.err()).startsWith("Several events have the id 1");
    }

    @Test
    void eventsAreShownAsTheyCome() {
        server.on("GET /v1/event/stream?type=order.*", 200, """
                id: 1.0.0.0
                retry: 1000

                :

                id: 2.0.0.0
                event: event
                data: %s

                event: missed
                data: {}

                id: 3.0.0.0
                event: event
                data: {"eventId":"second",
                data: "event":{"type":"order.sent"}}

                """.formatted(LOGGED.replace("\n", "")));

        Command.Result result = command.run("events", "tail", "--type", "order.*", "--count", "2");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("order.paid", "second", "order.sent").hasLineCount(4);
        assertThat(result.err()).startsWith("Some events were left out");
    }

    @Test
    void eventsAreListedByWhatTheyAre() {
        server.on(
                "GET /v1/event/events?type=order.*&text=%C3%BC&since=2026-11-24T10%3A00%3A00Z&limit=5",
                200, "[" + LOGGED + "]");

        Command.Result result = command.run(
                "events",
                "list",
                "--type",
                "order.*",
                "--text",
                "ü",
                "--since",
                "2026-11-24T10:00:00Z",
                "--limit",
                "5");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains(EVENT_ID, "order.paid", "/shop", "Nov 24 11:00:00");
    }

    @Test
    void deadLettersAreListedAndRedriven() {
        server.on(
                        "GET /v1/deadletters?limit=100&function=mail&reason=status%20422",
                        200,
                        "[{\"id\":\"d1\",\"event\":{\"id\":\"e1\",\"type\":\"order.paid\"},\"subscription\":\"s\","
                                + "\"function\":\"mail\",\"attempts\":3,\"diedAt\":\"2026-11-24T11:00:00Z\",\"reason\":\"no\"}]")
                .on("POST /v1/deadletters/redrive", 200, "{\"redriven\":2,\"refused\":[],\"more\":false}");

        Command.Result list = command.run("deadletters", "list", "--function", "mail", "--reason", "status 422");
        Command.Result redriven = command.run("deadletters", "redrive", "--function", "mail");
        Command.Result unsaid = command.run("deadletters", "redrive");

        assertThat(list.out()).contains("d1", "order.paid", "e1", "mail", "2026-11-24T11:00:00Z");
        assertThat(redriven).isEqualTo(new Command.Result(0, "Redriven: 2\n", ""));
        assertThat(server.requests().getLast().body()).isEqualTo("{\"query\":{\"function\":\"mail\"}}");
        assertThat(unsaid.exit()).isNotZero();
        assertThat(unsaid.err()).contains("Say which");
    }

    @Test
    void whatCannotBeRedrivenIsSaid() {
        server.on(
                "POST /v1/deadletters/redrive",
                200,
                "{\"redriven\":0,\"refused\":[{\"id\":\"d1\",\"reason\":\"subscription s was deleted\"}],\"more\":false}");

        Command.Result result = command.run("deadletters", "redrive", "d1");

        assertThat(result.exit()).isOne();
        assertThat(result.out()).isEqualTo("Redriven: 0\nRefused: d1: subscription s was deleted\n");
        assertThat(server.requests().getLast().body()).isEqualTo("{\"ids\":[\"d1\"]}");
    }

    @Test
    void aDriverIsSentAsTheOriginalSendsIt() {
        server.on("POST /v1/event/drivers", 201, "{\"name\":\"heartbeat\"}");

        Command.Result result = command.run(
                "create",
                "eventdriver",
                "ticker",
                "--name",
                "heartbeat",
                "--set",
                "seconds=30",
                "--set",
                "debug",
                "--secret",
                "ticker-creds");

        assertThat(result).isEqualTo(new Command.Result(0, "Created event driver: heartbeat\n", ""));
        assertThat(server.requests().getFirst().body())
                .isEqualTo(
                        "{\"config\":[{\"key\":\"seconds\",\"value\":\"30\"},{\"key\":\"debug\"}],\"name\":\"heartbeat\",\"reason\":null,"
                                + "\"secrets\":[\"ticker-creds\"],\"expose\":false,\"tags\":[],\"type\":\"ticker\"}");
        assertThat(server.requests().getFirst().headers())
                .containsEntry("X-dispatch-org", "acme")
                .containsEntry("Cookie", "unset");
    }

    @Test
    void aValueKeepsItsEqualsSignsAndSecretsAreSplitAtCommas() {
        server.on("POST /v1/event/drivers", 201, "{}");

        command.run("create", "eventdriver", "t", "--name", "n", "--set", "a=b=c", "--secret", "x,y");

        assertThat(server.requests().getFirst().body())
                .contains("{\"key\":\"a\",\"value\":\"b=c\"}")
                .contains("\"secrets\":[\"x\",\"y\"]");
    }

    @Test
    void theErrorNamesTheRightCommandWhereTheGuideSlips() {
        server.on(
                        "POST /v1/event/drivers",
                        400,
                        "{\"code\":400,\"message\":\"bad request when processing event driver vcenter1.example.com: driver type vcenter1.example.com does not exist\"}")
                .on("GET /v1/event/drivertypes", 200, "[{\"name\":\"cron\"},{\"name\":\"vcenter\"}]");

        Command.Result result = command.run(
                "create",
                "eventdriver",
                "vcenter1.example.com",
                "--name",
                "vcenter1.example.com",
                "--set",
                "vcenterurl=user:passwd@host:port");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("[Code: 400] ")
                .contains("dispatch create eventdriver vcenter --name vcenter1.example.com")
                .hasLineCount(1);
    }

    @Test
    void aSubscriptionIsToldAndThenShownOnceItIsReady() {
        server.on("POST /v1/event/subscriptions", 201, SUBSCRIPTION)
                .on("GET /v1/event/subscriptions/created", 200, SUBSCRIPTION);

        Command.Result result = command.run(
                "create", "subscription", "--event-type", "vm.being.created", "myFunction", "--name", "created");

        assertThat(result.out()).isEqualTo("""
                created subscription: created
                   NAME   |    EVENT TYPE    | FUNCTION NAME | STATUS |         CREATED DATE
                -------------------------------------------------------------------------------------
                  created | vm.being.created | myFunction    | READY  | Fri Nov 30 08:15:00 UTC 2018
                """);
    }

    @Test
    void jsonOutputIsTheObjectAndNothingElse() {
        server.on("POST /v1/event/subscriptions", 201, SUBSCRIPTION);

        Command.Result result = command.run("create", "subscription", "f", "--event-type", "t", "-o", "json");

        assertThat(result.out()).startsWith("{").contains("    \"name\": \"created\"");
    }

    @Test
    void anEventIsEmittedWithDefaults() {
        server.on("POST /v1/event", 200, "{}");

        Command.Result result = command.run("emit", "my.event", "--data", "{ \"example\": \"payload\"}");

        assertThat(result).isEqualTo(new Command.Result(0, "event emitted\n", ""));
        assertThat(server.requests().getFirst().body())
                .matches(
                        "\\{\"eventType\":\"my.event\",\"cloudEventsVersion\":\"0.1\",\"source\":\"dispatch\",\"eventID\":\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\","
                                + "\"eventTime\":\"2026-11-24T10:00:00.250Z\",\"contentType\":\"application/json\",\"data\":\\{\"example\":\"payload\"\\}\\}");
    }

    @Test
    void bothSpellingsOfTheGuideAndOfTheOriginalAreUnderstood() {
        server.on("POST /v1/event", 200, "{}");

        command.run("emit", "e", "--source", "s", "--schema-url", "/u", "--event-type-version", "2", "--event-id", "i");
        command.run(
                "emit",
                "e",
                "--source-id",
                "s",
                "--event-schema-url",
                "/u",
                "--event-type-version",
                "2",
                "--event-id",
                "i");

        assertThat(server.requests().getFirst().body())
                .contains("\"source\":\"s\"", "\"schemaURL\":\"/u\"", "\"eventTypeVersion\":\"2\"", "\"eventID\":\"i\"")
                .isEqualTo(server.requests().getLast().body());
    }

    @Test
    void aFileIsJsonTextOrBase64() throws IOException {
        server.on("POST /v1/event", 200, "{}");
        Path json = Files.writeString(home.resolve("a.json"), "{\"price\": 2.50}");
        Path text = Files.writeString(home.resolve("a.txt"), "hello");
        Path bytes = Files.write(home.resolve("a.bin"), new byte[] {0, 1, (byte) 0xff});

        command.run("emit", "e", "--data-from-file", json.toString());
        command.run("emit", "e", "--data-from-file", text.toString());
        command.run("emit", "e", "--data-from-file", bytes.toString());
        command.run("emit", "e", "--data-from-file", text.toString(), "--binary", "--content-type", "x/y");

        assertThat(server.requests().stream().map(RecordingServer.Request::body))
                .satisfiesExactly(
                        body -> assertThat(body)
                                .endsWith("\"contentType\":\"application/json\",\"data\":{\"price\":2.50}}"),
                        body -> assertThat(body)
                                .endsWith("\"contentType\":\"text/plain; charset=utf-8\",\"data\":\"hello\"}"),
                        body -> assertThat(body)
                                .endsWith("\"contentType\":\"application/octet-stream\",\"data\":\"AAH/\"}"),
                        body -> assertThat(body).endsWith("\"contentType\":\"x/y\",\"data\":\"aGVsbG8=\"}"));
    }

    @Test
    void manyEventsComeFromStandardInput() {
        server.on("POST /v1/event", 200, "{}");

        Command.Result lines = command.input("{\"n\":1}\n{\"n\":2}\n").run("emit", "e", "-f", "-");
        Command.Result array = command.input("[{\"n\":3},{\"n\":4}]").run("emit", "e", "-f", "-");
        Command.Result broken = command.input("{\"n\":5}\n{").run("emit", "e", "-f", "-");

        assertThat(lines.out() + array.out()).isEqualTo("2 events emitted\n2 events emitted\n");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).contains("Stopped at event 2").contains("The 1 before it were emitted");
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void dataThatIsNoJsonIsRefusedBeforeAnythingIsSent() {
        Command.Result result = command.run("emit", "e", "--data", "{oops");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("--data is no JSON").hasLineCount(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aNameThatIsNotThereIsToldWithTheNearestOne() {
        server.on(
                        "GET /v1/event/subscriptions/craeted",
                        404,
                        "{\"code\":404,\"message\":\"subscription craeted not found\"}")
                .on("GET /v1/event/subscriptions", 200, "[" + SUBSCRIPTION + "]");

        Command.Result result = command.run("get", "subscription", "craeted");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("[Code: 404] subscription craeted not found – did you mean created?\n");
    }

    @Test
    void deletedThingsAreNamed() {
        server.on("DELETE /v1/secret/smtp", 204, "").on("DELETE /v1/event/drivers/d", 200, "{\"name\":\"d\"}");

        assertThat(command.run("delete", "secret", "smtp").out()).isEqualTo("Deleted secret: smtp\n");
        assertThat(command.run("delete", "event-drivers", "d").out()).isEqualTo("Deleted drivers: d\n");
    }

    @Test
    void secretsAreShownWithoutTheirValues() {
        server.on("GET /v1/secret", 200, "[{\"id\":\"1\",\"name\":\"smtp\",\"secrets\":{\"password\":\"s3cret\"}}]");

        assertThat(command.run("get", "secrets").out())
                .contains("smtp | <hidden>")
                .doesNotContain("s3cret");
        assertThat(command.run("get", "secrets", "-o", "yaml").out()).doesNotContain("s3cret");
        assertThat(command.run("get", "secrets", "--all").out()).contains("s3cret");
        assertThat(command.run("get", "secrets", "-o", "name").out()).isEqualTo("smtp\n");
    }
}
