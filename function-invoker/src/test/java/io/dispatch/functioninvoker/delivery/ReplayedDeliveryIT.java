package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ReplayedDeliveryIT extends DeliveryStory {

    @Test
    void aReplayedEventIsDeliveredInTheNameOfItsSubscription() {
        long replay = replayTo("orders", "replayed");
        Node node = node();
        Position position = append(organization, "e1", replay);

        node.turnUntil(() -> function.received().size() == 1 && runs().size() == 1);

        JsonNode ledger = api().get("/v1/event/events/" + EventId.of(position)).json();
        assertThat(ledger.at("/matched").toString())
                .isEqualTo("[{\"function\":\"replayed\",\"subscription\":\"orders\"}]");
        assertThat(ledger.at("/runs/0/subscription").asString()).isEqualTo("orders");
        assertThat(ledger.at("/deliveries/0/state").asString()).isEqualTo("succeeded");
    }

    @Test
    void itsDeadLettersAreThoseOfItsSubscriptionAndCanBeRedriven() {
        long replay = replayTo("orders", "refusing");
        Node node = node();
        function.answers(422);
        append(organization, "e1", replay);
        node.turnUntil(() -> deadLetters().size() == 1);
        function.answers(200);

        JsonNode dead = api().get("/v1/deadletters?subscription=orders").json();
        JsonNode redriven = api().post("/v1/deadletters/redrive", "{\"query\":{\"subscription\":\"orders\"}}")
                .json();
        clock.pass(Duration.ofMinutes(5));
        node.turnUntil(() -> deadLetters().isEmpty());

        assertThat(dead).hasSize(1);
        assertThat(redriven.at("/redriven").asInt()).isOne();
        assertThat(function.received()).hasSize(2);
    }

    @Test
    void whatIsOwedOfACancelledReplayEndsWithThatReason() {
        long replay = replayTo("orders", "late");
        Node node = node();
        function.answers(503);
        append(organization, "e", 3, replay);
        node.turn();
        unsubscribe(replay);

        node.turnUntil(() -> deadLetters().size() == 3);

        assertThat(deadLetters())
                .allSatisfy(dead -> assertThat(dead)
                        .containsEntry("reason", "replay cancelled or subscription deleted")
                        .containsEntry("subscription_name", "orders"));
        assertThat(api().post("/v1/deadletters/redrive", "{\"query\":{}}")
                        .json()
                        .at("/refused/0/reason")
                        .asString())
                .isEqualTo("the replay to orders was cancelled, or its subscription deleted");
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void whatHasYetToBeCalledIsPublished() {
        long replay = replayTo("orders", "waiting");
        deliver(replay, "{}", "paused");
        Node node = node();
        append(organization, "e", 5, replay);

        node.turnUntil(() -> deliveryRows() == 5);

        JdbcClient eventManager = JdbcClient.create(EVENT_MANAGER);
        assertThat(eventManager
                        .sql("""
                                select count(*) from delivery_progress.due
                                 where subscription = :id and due_at <= :now""")
                        .param("id", replay)
                        .param("now", clock.instant().plusSeconds(1).atOffset(ZoneOffset.UTC))
                        .query(Integer.class)
                        .single())
                .isEqualTo(5);
        assertThat(eventManager.sql("""
                                select sum(p.next_offset - s.next_offset)
                                  from event_log.partition p join delivery_progress.settled s using (number)""").query(Integer.class).single()).isZero();
    }

    /** A hidden subscription, as event-manager publishes it for a replay. */
    private long replayTo(String subscription, String functionName) {
        long id = subscribed(functionName);
        JdbcClient.create(EVENT_MANAGER)
                .sql("update event_log.subscription set kind = 'replay', event_type = '', name = :name where id = :id")
                .param("name", subscription)
                .param("id", id)
                .update();
        return id;
    }
}
