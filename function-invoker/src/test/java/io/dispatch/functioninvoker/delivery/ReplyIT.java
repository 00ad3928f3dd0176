package io.dispatch.functioninvoker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.CloudEventReader;
import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.eventlog.Signal;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import io.dispatch.functioninvoker.run.RunId;
import io.dispatch.functioninvoker.run.RunOutcome;
import io.dispatch.functioninvoker.run.RunRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ReplyIT extends DeliveryStory {

    private static final Map<String, String> BINARY = Map.of(
            "ce-specversion", "1.0",
            "ce-id", "mine",
            "ce-source", "/billing",
            "ce-type", "invoice.sent",
            "ce-dispatchhops", "0",
            "ce-number", "17",
            "Content-Type", "application/json");

    @Test
    void anAnswerThatIsAnEventIsHandedOverOnceWithTheRunsId() throws InterruptedException {
        long subscription = subscribed("bill");
        function.answers(_ -> new Reply(200, "{\"sum\":2.50}", BINARY));
        try (Signal signal = new Signal(EVENT_MANAGER, Signal.REPLY)) {
            signal.await(Duration.ofMillis(10));
            Position cause = append(organization, "e1", subscription);

            node().turn();

            assertThat(signal.await(Duration.ofSeconds(10))).isTrue();
            Event reply = replies().getFirst();
            assertThat(replies()).hasSize(1);
            assertThat(reply.id()).isEqualTo(runs().get(0).get("name").asString());
            assertThat(reply.type()).isEqualTo("invoice.sent");
            assertThat(reply.source()).isEqualTo("/billing");
            assertThat(reply.attribute("number")).isEqualTo("17");
            assertThat(reply.attribute(Event.HOPS)).isEqualTo(1);
            assertThat(reply.attribute(Event.CAUSE)).isEqualTo(EventId.of(cause).toString());
            assertThat(reply.data()).isEqualTo("{\"sum\":2.50}".getBytes(UTF_8));
        }
    }

    @Test
    void anAnswerInStructuredModeIsOneTooAndOtherAnswersAreNone() {
        long subscription = subscribed("structured");
        function.answers(call -> new Reply(
                202,
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"of.%s\",\"data\":\"x\"}"
                        .formatted(call.eventId()),
                Map.of(
                        "Content-Type",
                        call.eventId().equals("e1")
                                ? "application/cloudevents+json; charset=utf-8"
                                : "application/json")));
        append(organization, "e1", subscription);
        append(organization, "e2", subscription);

        Node node = node();
        node.turnUntil(() -> runs().size() == 2);

        assertThat(replies())
                .singleElement()
                .satisfies(reply -> assertThat(reply.type()).isEqualTo("of.e1"));
        assertThat(runs()).allMatch(run -> run.get("status").asString().equals("READY"));
    }

    @Test
    void aBatchThatIsSettledAgainMakesNoReplyAgain() {
        long subscription = subscribed("again");
        function.answers(_ -> new Reply(200, "", BINARY));
        Position cause = append(organization, "e1", subscription);
        node().turn();
        RunRecord run = record(new RunId(cause, subscription, 1));

        stores.runs().add(List.of(run), true);
        assertThat(replies()).hasSize(1);
        asEventManager("delete from delivery_progress.reply where organization = ?");
        stores.runs().add(List.of(run), true);

        assertThat(replies()).isEmpty();
        assertThat(runs()).hasSize(1);
    }

    @Test
    void aRunSaysWhatIsTheMatterWithItsReply() {
        long subscription = subscribed("refused");
        function.answers(_ -> new Reply(200, "", BINARY));
        append(organization, "e1", subscription);
        node().turn();
        String run = "/v1/runs/" + runs().get(0).get("name").asString();

        String waiting = api().get(run).json().at("/reason/0").asString();
        asEventManager("update delivery_progress.reply set refused = 'too odd' where organization = ?");
        String refused = api().get(run).json().at("/reason/0").asString();
        asEventManager("delete from delivery_progress.reply where organization = ?");

        assertThat(waiting).isEqualTo("the event that the function answered with is still to be accepted");
        assertThat(refused).isEqualTo("the event that the function answered with cannot be accepted: too odd");
        assertThat(api().get(run).json().get("reason").isNull()).isTrue();
    }

    @Test
    void aRunThatIsMadeAgainAfterAKillMakesTheSameEvent() {
        long subscription = subscribed("killed");
        function.answers(_ -> new Reply(200, "", BINARY));
        append(organization, "e1", subscription);
        Node old = node();
        old.read();
        old.awaitCalls();

        old.kill();
        node().turn();

        assertThat(function.received()).hasSize(2);
        assertThat(replies())
                .singleElement()
                .satisfies(reply -> assertThat(reply.id())
                        .isEqualTo(runs().get(0).get("name").asString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/cloudevents+json | {\"specversion\":\"1.0\"} | id in body is required",
                "application/cloudevents+json | {} and more | specversion in body is required",
                "application/cloudevents-batch+json | [] | application/cloudevents-batch+json is not taken: one event in"
                        + " headers or as application/cloudevents+json is",
                "application/cloudevents+json | long | it is longer than 1048576 bytes",
            })
    void anAnswerThatOnlySaysItIsAnEventIsRetried(String mediaType, String body, String reason) {
        long subscription = subscribed("broken");
        String sent = body.equals("long") ? " ".repeat(1_048_577) : body;
        function.answers(_ -> new Reply(200, sent, Map.of("Content-Type", mediaType)));
        append(organization, "e1", subscription);

        node().turn();

        assertThat(replies()).isEmpty();
        JsonNode run = runs().get(0);
        assertThat(run.at("/status").asString()).isEqualTo("ERROR");
        assertThat(run.at("/error/type").asString()).isEqualTo("FunctionError");
        assertThat(run.at("/error/message").asString())
                .isEqualTo("the answer says that it is an event, but %s".formatted(reason));
        assertThat(deliveryRows()).isEqualTo(1);
    }

    @Test
    void aCircleEndsAsADeadLetter() {
        long subscription = subscribed("circle");
        function.answers(_ -> new Reply(200, "", BINARY));
        appendWithHops("7", subscription);
        appendWithHops("many", subscription);
        appendWithHops("8", subscription);

        Node node = node();
        node.turnUntil(() -> runs().size() == 3);

        assertThat(replies()).extracting(reply -> reply.attribute(Event.HOPS)).containsExactlyInAnyOrder(8, 1);
        assertThat(deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .containsEntry("id", "hops-8")
                        .containsEntry(
                                "reason",
                                "the answer is an event, but its dispatchhops must not exceed 8: that many answers have led to this"
                                        + " event already"));
        assertThat(function.received()).hasSize(3);
    }

    @Test
    void aDirectRunMakesNoEvent() {
        api().createFunction("direct", function.url(), "");
        function.answers(_ -> new Reply(200, "7", BINARY));

        JsonNode run = api().post("/v1/runs?functionName=direct", "{\"blocking\":true}")
                .json();

        assertThat(run.get("output").asInt()).isEqualTo(7);
        assertThat(replies()).isEmpty();
    }

    private void appendWithHops(String hops, long subscription) {
        Map<String, Object> attributes =
                new LinkedHashMap<>(event("hops-" + hops).attributes());
        attributes.put(Event.HOPS, hops);
        var entry = new NewEntry(organization, new long[] {subscription}, Event.of(attributes, null));
        new EventLogWriter(EVENT_MANAGER)
                .append(List.of(entry), new PublishedSubscriptions(EVENT_MANAGER).version(), true);
    }

    /** The run as it was settled, with its reply. */
    private RunRecord record(RunId id) {
        return jdbc.sql("select * from function_invoker.run where partition = ? and \"offset\" = ?")
                .param(id.position().partition())
                .param(id.position().offset())
                .query((row, _) -> new RunRecord(
                        id,
                        row.getLong("function_name"),
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("finished_at").toInstant(),
                        new RunOutcome(null, null, null),
                        new io.dispatch.functioninvoker.run.Reply(organization, "{}")))
                .single();
    }

    private List<Event> replies() {
        return JdbcClient.create(EVENT_MANAGER)
                .sql("select event from delivery_progress.reply where organization = ? and refused is null")
                .param(organization)
                .query((row, _) -> CloudEventReader.structured(row.getString(1).getBytes(UTF_8)))
                .list();
    }

    private void asEventManager(String sql) {
        assertThat(JdbcClient.create(EVENT_MANAGER).sql(sql).param(organization).update())
                .isEqualTo(1);
    }
}
