package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Emits of many callers travel as one request, and each caller gets its own answer. */
class EmitsIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("--dispatch.local-mode=true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        gateway.upstream().onEmits(_ -> {});
    }

    private static HttpResponse<String> emit(String organization, int length) throws Exception {
        return gateway.send(gateway.request("/v1/event")
                .header("X-Dispatch-Org", organization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("x".repeat(length))));
    }

    @Test
    void aLoneEmitIsSentAtOnceAndAnsweredAsEventManagerAnswers() throws Exception {
        HttpResponse<String> answer = emit("acme", 5);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"length\":5}");
        assertThat(answer.headers().firstValue("Dispatch-Matched")).hasValue("1");
        assertThat(gateway.upstream().gathered()).containsExactly(1);
        assertThat(gateway.upstream().last().organization()).isEqualTo("acme");
        assertThat(gateway.upstream().last().subject()).isEqualTo("local");
    }

    @Test
    void whatComesInWhileOthersAreOnTheirWayTravelsTogether() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        gateway.upstream().onEmits(exchange -> awaitUninterrupted(goOn, exchange));

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 1; i <= 2; i++) {
                int number = i;
                answers.add(callers.submit(() -> emit("org-" + number, number)));
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> gateway.upstream().gathered().size() == number);
            }
            for (int i = 3; i <= 20; i++) {
                int number = i;
                answers.add(callers.submit(() -> emit("org-" + number, number)));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> waiting() == 18);
            goOn.countDown();

            for (int i = 1; i <= 20; i++) {
                HttpResponse<String> answer = answers.get(i - 1).get();
                assertThat(answer.statusCode()).isEqualTo(202);
                assertThat(answer.body()).isEqualTo("{\"length\":%d}".formatted(i));
            }
        }
        // Two senders are free again at once, and each takes what it finds.
        assertThat(gateway.upstream().gathered()).startsWith(1, 1).hasSizeBetween(3, 4);
        assertThat(gateway.upstream().gathered().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(20);
        assertThat(gateway.upstream().received())
                .allSatisfy(received -> assertThat(received.organization())
                        .isEqualTo("org-" + received.body().length()));
    }

    private static int waiting() {
        return (int) gateway.bean(MeterRegistry.class)
                .get("dispatch.gateway.emits.waiting")
                .gauge()
                .value();
    }

    private static void awaitUninterrupted(CountDownLatch latch, HttpExchange exchange) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
            throw new IOException(e);
        }
    }

    @Test
    void anEmitThatWaitsTooLongIsTakenBackAndToldSo() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        gateway.upstream().onEmits(exchange -> awaitUninterrupted(goOn, exchange));

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 1; i <= 2; i++) {
                int number = i;
                sent.add(callers.submit(() -> emit("sent", number)));
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> gateway.upstream().gathered().size() == number);
            }

            HttpResponse<String> late = emit("late", 3);
            goOn.countDown();

            assertThat(late.statusCode()).isEqualTo(503);
            for (Future<HttpResponse<String>> answer : sent) {
                assertThat(answer.get().statusCode()).isEqualTo(202);
            }
        }
        assertThat(gateway.upstream().received())
                .extracting(Upstream.Received::organization)
                .containsOnly("sent");
    }

    @Test
    void whenEventManagerBreaksOffEachIsToldThatTheOutcomeIsUnknown() throws Exception {
        gateway.upstream().onEmits(_ -> {
            throw new IOException("dies");
        });

        HttpResponse<String> answer = emit("acme", 1);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(gateway.upstream().gathered()).containsExactly(1);
    }

    @Test
    void whenEventManagerIsOverloadedEachIsToldToTryAgain() throws Exception {
        gateway.upstream().onEmits(exchange -> Upstream.answer(exchange, 503, "{}"));

        HttpResponse<String> answer = emit("acme", 1);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }
}
