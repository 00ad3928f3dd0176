package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.Api.Answer;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What the ledger of one event shows. */
class LedgerIT extends InvokerTest {

    private final FakeFunction good = new FakeFunction();
    private final FakeFunction refusing = new FakeFunction();
    private final FakeFunction broken = new FakeFunction();
    private final String organization = unique("ledger");

    @AfterEach
    void close() {
        good.close();
        refusing.close();
        broken.close();
    }

    @Test
    void oneEventShowsWhoWantedItEachCallAndWhatIsStillOwed() {
        api().createFunction("good", good.url(), "");
        api().createFunction("refusing", refusing.url(), "");
        api().createFunction("broken", broken.url(), "");
        good.answers(_ -> Reply.of(200, "1"));
        refusing.answers(400);
        broken.answers(_ -> new Reply(503, "", Map.of("Retry-After", "600")));
        long first = subscribe(organization, "good");
        long second = subscribe(organization, "refusing");
        long third = subscribe(organization, "broken");
        Position position = append(organization, "e-1", third, second, first);
        String path = "/v1/event/events/" + EventId.of(position);

        await().untilAsserted(() -> assertThat(api().get(path).json().at("/deliveries"))
                .extracting(delivery -> delivery.at("/state").asString())
                .containsExactly("succeeded", "dead", "due"));

        JsonNode ledger = api().get(path).json();
        assertThat(ledger.at("/eventId").asString())
                .isEqualTo(EventId.of(position).toString());
        assertThat(ledger.at("/event/id").asString()).isEqualTo("e-1");
        assertThat(ledger.at("/event/data/id").asString()).isEqualTo("e-1");
        assertThat(Instant.parse(ledger.at("/acceptedAt").asString())).isBefore(Instant.now());
        assertThat(ledger.at("/matched"))
                .extracting(matched -> matched.at("/function").asString())
                .containsExactly("good", "refusing", "broken");
        await().untilAsserted(() -> assertThat(api().get(path).json().at("/runs"))
                .extracting(run ->
                        run.at("/function").asString() + " " + run.at("/status").asString())
                .containsExactlyInAnyOrder("good READY", "refusing ERROR", "broken ERROR"));
        ledger = api().get(path).json();
        for (JsonNode run : ledger.at("/runs")) {
            assertThat(api().get("/v1/runs/" + run.at("/id").asString()).status())
                    .isEqualTo(200);
            assertThat(run.at("/attempt").asInt()).isEqualTo(1);
            assertThat(Instant.parse(run.at("/finishedAt").asString()))
                    .isAfterOrEqualTo(Instant.parse(run.at("/startedAt").asString()));
        }
        JsonNode dead = ledger.at("/deliveries/1");
        assertThat(dead.at("/id").asString())
                .isEqualTo(api().get("/v1/deadletters").json().at("/0/id").asString());
        assertThat(dead.at("/reason").asString()).contains("400");
        assertThat(dead.at("/nextAttemptAt").isNull()).isTrue();
        JsonNode due = ledger.at("/deliveries/2");
        assertThat(due.at("/attempts").asInt()).isEqualTo(1);
        assertThat(due.at("/reason").asString()).contains("503");
        assertThat(Instant.parse(due.at("/nextAttemptAt").asString())).isAfter(Instant.now());

        pause(third);
        assertThat(api().get(path).json().at("/deliveries/2/state").asString()).isEqualTo("parked");
    }

    @Test
    void anEventOfAnotherOrganizationIsNotThere() {
        long subscription = subscribe(organization, "none");
        Position position = append(organization, "e-1", subscription);
        String path = "/v1/event/events/" + EventId.of(position);

        assertThat(api().get(path).status()).isEqualTo(200);
        Answer other = api(unique("other")).get(path);
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.json().at("/message").asString()).startsWith("event " + EventId.of(position) + " not found");
        assertThat(api().get("/v1/event/events/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(api().get("/v1/event/events/e-1").status()).isEqualTo(422);
    }

    private static void pause(long subscription) {
        JdbcClient.create(EVENT_MANAGER).sql("""
                        with next as (
                            update event_log.subscriptions_version set version = version + 1 returning version)
                        update event_log.subscription s set state = 'paused', changed_at = next.version
                          from next where s.id = :id""").param("id", subscription).update();
    }

    private Api api() {
        return api(organization);
    }
}
