package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.functioninvoker.Api.Answer;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class RedriveIT extends DeliveryStory {

    private static final String PATH = "/v1/deadletters/redrive";

    @Test
    void aDeadLetterThatIsRedrivenIsDeliveredAndGone() {
        long subscription = subscribed("mended");
        Node node = node();
        function.answers(422);
        append(organization, "e1", subscription);
        node.turn();
        JsonNode dead = list("").get(0);
        assertThat(dead.get("attempts").asInt()).isOne();
        function.answers(200);

        Answer answer = redrive("{'ids':['%s']}".formatted(dead.get("id").asString()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().toString()).isEqualTo("{\"redriven\":1,\"refused\":[],\"more\":false}");
        assertThat(list("")).isEmpty();
        node.turn();

        assertThat(function.received()).hasSize(2);
        assertThat(function.received().getLast().header("dispatch-attempt")).isEqualTo("2");
        assertThat(function.received().getLast().header("idempotency-key"))
                .isEqualTo(function.received().getFirst().header("idempotency-key"))
                .isEqualTo(dead.get("id").asString());
        assertThat(runs()).hasSize(2);
        assertThat(deliveryRows()).isZero();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void itHasAllItsAttemptsAgainAndDiesWithItsNewReason() {
        long subscription = subscribed("still-broken");
        deliver(subscription, "{'maxAttempts':2,'minBackoff':'PT0.1S','maxBackoff':'PT0.1S'}", "active");
        Node node = node();
        function.answers(500);
        append(organization, "e1", subscription);
        node.turn();
        clock.pass(Duration.ofSeconds(1));
        node.turn();
        assertThat(list("").get(0).get("reason").asString()).endsWith("that was attempt 2 of 2");
        function.answers(_ -> Reply.of(503, "{\"later\":true}"));

        redrive("{'query':{}}");
        node.turn();
        assertThat(list("")).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        node.turn();

        JsonNode dead = list("").get(0);
        assertThat(dead.get("attempts").asInt()).isEqualTo(4);
        assertThat(dead.get("reason").asString())
                .isEqualTo("the function answered status 503; that was attempt 2 of 2");
        assertThat(dead.get("lastAnswer").toString()).isEqualTo("{\"status\":503,\"body\":{\"later\":true}}");
        assertThat(function.received()).hasSize(4);
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void theCopyIsDeliveredWhereTheLogHasDroppedTheEvent() {
        long subscription = subscribed("late");
        Node node = node();
        function.answers(422);
        append(organization, "e1", subscription);
        node.turn();
        JdbcClient.create(EVENT_MANAGER)
                .sql("delete from event_log.event where organization = ?")
                .param(organization)
                .update();
        function.answers(200);

        redrive("{'query':{'subscription':'%s'}}"
                .formatted(list("").get(0).get("subscription").asString()));
        node.turn();

        var last = function.received().getLast();
        assertThat(last.header("dispatch-attempt")).isEqualTo("2");
        assertThat(last.body()).isEqualTo("{\"id\":\"e1\"}");
        assertThat(last.header("ce-id")).isEqualTo("e1");
        assertThat(last.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void whatWasRedrivenIsKnownToTheNextOwner() {
        long subscription = subscribed("handed");
        Node old = node();
        function.answers(422);
        append(organization, "e", 3, subscription);
        old.turn();
        redrive("{'query':{}}");
        old.kill();
        function.answers(200);

        Node next = node();
        next.turnUntil(() -> deliveryRows() == 0);

        assertThat(function.received()).hasSize(6);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aPreviewCountsAndChangesNothing() {
        long subscription = subscribed("previewed");
        Node node = node();
        function.answers(422);
        append(organization, "e", 12, subscription);
        node.turnUntil(() -> deadLetters().size() == 12);

        Answer answer = redrive("{'query':{'type':'test.event'},'preview':true}");
        Answer none = redrive("{'query':{'type':'other'},'preview':true}");
        String id = list("").get(0).get("id").asString();
        Answer one = redrive("{'ids':['%s','%s'],'preview':true}".formatted(id, UUID.randomUUID()));

        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("count", "sample");
        assertThat(answer.json().get("count").asInt()).isEqualTo(12);
        assertThat(answer.json().get("sample")).hasSize(10);
        assertThat(none.json().toString()).isEqualTo("{\"count\":0,\"sample\":[]}");
        assertThat(one.json().get("count").asInt()).isOne();
        assertThat(list("")).hasSize(12);
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void whatCannotBeTriedAgainIsRefusedWithAReason() {
        long subscription = subscribed("vanished");
        Node node = node();
        function.answers(422);
        append(organization, "e1", subscription);
        node.turn();
        JsonNode dead = list("").get(0);
        String id = dead.get("id").asString();
        unsubscribe(subscription);
        String unknown = UUID.randomUUID().toString();
        String another = api(unique("other"))
                .post(PATH, "{\"ids\":[\"%s\"]}".formatted(id))
                .json()
                .toString();

        Answer answer = redrive("{'ids':['%s','%s']}".formatted(id, unknown));
        Answer byQuery = redrive("{'query':{}}");

        String gone = "{\"id\":\"%s\",\"reason\":\"subscription %s was deleted\"}"
                .formatted(id, dead.get("subscription").asString());
        assertThat(answer.json().toString())
                .isEqualTo(
                        "{\"redriven\":0,\"refused\":[%s,{\"id\":\"%s\",\"reason\":\"there is no such dead letter\"}],\"more\":false}"
                                .formatted(gone, unknown));
        assertThat(byQuery.json().toString())
                .isEqualTo("{\"redriven\":0,\"refused\":[%s],\"more\":false}".formatted(gone));
        assertThat(another).contains("\"redriven\":0", "there is no such dead letter");
        assertThat(list("")).hasSize(1);
    }

    @Test
    void aListIsFilteredByAllThatIsSaid() {
        long picky = subscribed("picky-list");
        long broken = subscribe(organization, "missing");
        deliver(broken, "{'maxAttempts':1}", "active");
        Node node = node();
        function.answers(422);
        append(organization, "e1", picky);
        append(organization, "e2", broken);
        node.turnUntil(() -> deadLetters().size() == 2);
        Instant now = clock.instant();

        assertThat(ids("?function=missing")).containsExactly("e2");
        assertThat(ids("?reason=STATUS%20422")).containsExactly("e1");
        assertThat(ids("?type=test.event")).hasSize(2);
        assertThat(ids("?type=test")).isEmpty();
        assertThat(ids("?event=e1")).containsExactly("e1");
        assertThat(ids("?subscription=on-0")).isEmpty();
        assertThat(ids("?since=" + now)).hasSize(2);
        assertThat(ids("?since=" + now.plusMillis(1))).isEmpty();
        assertThat(ids("?until=" + now)).isEmpty();
        assertThat(ids("?until=" + now.plusMillis(1))).hasSize(2);
        assertThat(ids("?since=" + now.getEpochSecond() + "&until=" + (now.getEpochSecond() + 1)))
                .hasSize(2);
        assertThat(ids("?since=&type=")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                               | 400 | exactly one of ids and query in body is required
            {'ids':[],'query':{}}            | 400 | exactly one of ids and query in body is required
            {'ids':['x']}                    | 422 | ids.0 in body must be of type uuid
            {'ids':[null]}                   | 422 | is required
            {'query':{'since':'yesterday'}}  | 422 | since in body must be a time of RFC 3339 or seconds since 1970, but was yesterday
            {'query':5}                      | 400 | query in body should be an object
            """)
    void whatMakesNoSenseIsRefused(String body, int status, String message) {
        Answer answer = redrive(body);

        assertThat(answer.json().get("message").asString()).contains(message);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void aTimeThatCannotBeReadIsRefused() {
        assertThat(api().get("/v1/deadletters?until=soon").status()).isEqualTo(422);
        assertThat(api().get("/v1/deadletters?until=99999999999").status()).isEqualTo(200);
    }

    private List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        list(query).forEach(dead -> ids.add(dead.get("event").get("id").asString()));
        return ids;
    }

    private JsonNode list(String query) {
        return api().get("/v1/deadletters" + query).json();
    }

    /** What is redriven is due at once, by the service's own clock: let ours come after it. */
    private Answer redrive(String body) {
        Answer answer = api().post(PATH, body.replace('\'', '"'));
        clock.pass(Duration.ofMinutes(5));
        return answer;
    }
}
