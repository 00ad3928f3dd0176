package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.dispatch.database.PublishedSchema;
import io.dispatch.functioninvoker.Api.Answer;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import io.dispatch.testing.DatabaseProxy.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class BadDaysIT extends DeliveryStory {

    @Autowired
    PublishedSchema schema;

    @AfterEach
    void bringBack() {
        DATABASE.set(Fault.NONE);
    }

    @Test
    void whatCameOfCallsIsKeptWhileTheDiskIsFullAndWrittenDownAfterwards() {
        long subscription = subscribed("kept");
        CountDownLatch failed = new CountDownLatch(1);
        function.answers(call -> {
            boolean first = call.eventId().equals("full1") && failed.getCount() > 0;
            failed.countDown();
            return Reply.of(first ? 503 : 200, "");
        });
        DeliveryLoops node = node(Node.SETTINGS, Clock.systemUTC()).loops(schema);
        node.start();
        try {
            List<String> sent = new ArrayList<>(append(organization, "before", 3, subscription));
            await().until(() -> runs().size() == 3);

            DATABASE.set(Fault.DISK_FULL);
            sent.addAll(append(organization, "full", 2, subscription));
            await().until(() -> function.received().size() == 5);
            Answer refused =
                    api().post("/v1/function", "{\"name\":\"new\",\"endpoint\":\"%s\"}".formatted(function.url()));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("retry-after", List.of("1"));
            assertThat(refused.json().get("message").asString())
                    .isEqualTo("the database has no room right now, try again");
            assertThat(runs()).hasSize(3);
            DATABASE.set(Fault.NONE);

            await().until(() -> runs().size() == 5);
            sent.addAll(append(organization, "after", 3, subscription));
            await().until(() -> runs().size() == 8);
            assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(deliveryRows()).isZero();
        } finally {
            DATABASE.set(Fault.NONE);
            node.stop();
        }
    }

    @Test
    void aCallThatEndsWhileTheDatabaseIsAwayIsNotMadeAgainAndWhatWaitsGoesOnAfterwards() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("patient");
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        DeliveryLoops node = node(Node.SETTINGS, Clock.systemUTC()).loops(schema);
        node.start();
        try {
            List<String> sent = new ArrayList<>(append(organization, "running", 1, subscription));
            await().until(() -> function.received().size() == 1);

            DATABASE.set(Fault.AWAY);
            end.countDown();
            sent.addAll(append(organization, "waiting", 5, subscription));
            assertThat(api().get("/v1/runs").status()).isEqualTo(503);
            assertThat(function.received()).hasSize(1);
            DATABASE.set(Fault.NONE);

            await().atMost(Duration.ofSeconds(30)).until(() -> runsOnceTheyCanBeRead() == 6);
            assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(sent);
        } finally {
            DATABASE.set(Fault.NONE);
            node.stop();
        }
    }

    @Test
    void aFunctionWhoseHostHasNoAddressIsTriedAgainAndRunAndDeadLetterSayWhy() {
        api().createFunction("lost", "http://no-such-host.invalid/", "");
        long subscription = subscribe(organization, "lost");
        deliver(subscription, "{'maxAttempts':2}", "active");
        Node node = node();
        append(organization, "e1", subscription);

        node.turn();
        assertThat(runs()).hasSize(1);
        assertThat(runs().get(0).get("status").asString()).isEqualTo("ERROR");
        assertThat(runs().get(0).get("error").get("message").asString()).contains("no-such-host.invalid");
        assertThat(deliveryRows()).isOne();
        clock.pass(Duration.ofMillis(240));
        node.turn();

        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.get("reason"))
                        .asString()
                        .contains("no-such-host.invalid")
                        .endsWith("that was attempt 2 of 2"));
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void anAnswerWithoutAnEndIsCutOffByTheTimeoutAndTheRunSaysSo() throws IOException {
        HttpServer endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            endless.setExecutor(threads);
            endless.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    while (true) {
                        out.write("and so on".getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        LockSupport.parkNanos(1_000_000);
                    }
                }
            });
            endless.start();
            api().createFunction(
                            "endless",
                            "http://127.0.0.1:%d/"
                                    .formatted(endless.getAddress().getPort()),
                            "");
            long subscription = subscribe(organization, "endless");
            deliver(subscription, "{'timeout':'PT0.5S','maxAttempts':1}", "active");
            Node node = node();
            append(organization, "e1", subscription);

            node.turn();

            JsonNode run = runs().get(0);
            assertThat(run.get("status").asString()).isEqualTo("ERROR");
            assertThat(run.get("error").get("message").asString()).isEqualTo("no whole answer within 500 ms");
            assertThat(deadLetters()).hasSize(1);
        } finally {
            endless.stop(0);
        }
    }

    private int runsOnceTheyCanBeRead() {
        Answer answer = api().get("/v1/runs");
        return answer.status() == 200 ? answer.json().size() : -1;
    }
}
