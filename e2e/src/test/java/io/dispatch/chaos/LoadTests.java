package io.dispatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.chaos.FunctionSink.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Generator and sink against each other: what one wrote down is what the other did. */
class LoadTests {

    private static final LongSupplier CLOCK = System::nanoTime;
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    @Test
    void everyEventIsWrittenDownOnBothSides() throws Exception {
        try (FunctionSink sink = new FunctionSink(CLOCK, TIMEOUT);
                Generator generator = generator()) {
            generator.start(4, List.of(Platform.address(sink.port())));
            awaitAccepted(generator, 200);
            generator.stop();

            List<Emission> emissions = generator.emissions();
            assertThat(emissions).hasSize(generator.accepted());
            assertThat(sink.calls()).hasSameSizeAs(emissions);
            for (Emission emission : emissions) {
                assertThat(sink.calls())
                        .filteredOn(call -> call.event().equals(Integer.toString(emission.number())))
                        .singleElement()
                        .satisfies(call -> {
                            assertThat(call.digest()).isEqualTo(emission.digest());
                            assertThat(call.isSuccess(TIMEOUT.toNanos())).isTrue();
                            assertThat(call.began()).isBetween(emission.sentAt(), call.answered());
                            assertThat(call.answered()).isLessThanOrEqualTo(emission.answeredAt());
                        });
            }
        }
    }

    @Test
    void theRateIsKept() throws Exception {
        try (FunctionSink sink = new FunctionSink(CLOCK, TIMEOUT);
                Generator generator = new Generator(CLOCK, new Random(1), 200)) {
            long start = System.nanoTime();
            generator.start(4, List.of(Platform.address(sink.port())));
            awaitAccepted(generator, 100);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(350));
        }
    }

    @Test
    void eventsOfOneKeyAreSentOneAfterTheOther() throws Exception {
        try (FunctionSink sink = new FunctionSink(CLOCK, TIMEOUT);
                Generator generator = generator()) {
            generator.start(4, List.of(Platform.address(sink.port())));
            awaitAccepted(generator, 200);
            generator.stop();

            List<Emission> one = generator.emissions().stream()
                    .filter(emission -> emission.key().equals("key-1"))
                    .toList();
            assertThat(one).hasSizeGreaterThan(10);
            for (int i = 1; i < one.size(); i++) {
                assertThat(one.get(i).sentAt())
                        .isGreaterThanOrEqualTo(one.get(i - 1).answeredAt());
            }
        }
    }

    @Test
    void anEmitWithoutAnAnswerIsWrittenDownAsSuch() throws Exception {
        try (Generator generator = generator();
                ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            generator.start(1, List.of(Platform.address(deaf.getLocalPort())));
            try (Socket caller = deaf.accept()) {
                HttpMessage.read(caller.getInputStream());
            }
            await().until(() -> !generator.emissions().isEmpty());

            assertThat(generator.emissions())
                    .first()
                    .satisfies(emission -> assertThat(emission.status()).isZero());
            assertThat(generator.accepted()).isZero();
        }
    }

    @Test
    void whoFindsNobodyGoesToTheOtherAndSpendsNothing() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (FunctionSink sink = new FunctionSink(CLOCK, TIMEOUT);
                Generator generator = generator()) {
            generator.start(1, List.of(Platform.address(port), Platform.address(sink.port())));
            awaitAccepted(generator, 50);

            assertThat(generator.emissions()).allMatch(Emission::isAccepted);
        }
    }

    @Test
    void connectionsGoWhereTheyAreSpreadTo() throws Exception {
        try (FunctionSink first = new FunctionSink(CLOCK, TIMEOUT);
                FunctionSink second = new FunctionSink(CLOCK, TIMEOUT);
                Generator generator = generator()) {
            generator.start(2, List.of(Platform.address(first.port())));
            awaitAccepted(generator, 50);
            assertThat(second.calls()).isEmpty();

            generator.spread(List.of(Platform.address(first.port()), Platform.address(second.port())));
            int before = generator.accepted();
            awaitAccepted(generator, before + 50);

            assertThat(second.calls()).isNotEmpty();
        }
    }

    @Test
    void aFunctionThatFailsSaysSo() throws Exception {
        Call call = callOf(Manner.FAIL);

        assertThat(call.status()).isEqualTo(500);
        assertThat(call.couldArrive()).isTrue();
    }

    @Test
    void aFunctionThatHangsNeverAnswers() throws Exception {
        Call call = callOf(Manner.HANG);

        assertThat(call.status()).isZero();
        assertThat(call.answered()).isEqualTo(Call.NEVER);
        assertThat(call.couldArrive()).isFalse();
    }

    @Test
    void anAnswerThatComesLateFindsNobody() throws Exception {
        Call call = callOf(Manner.ANSWER_LATE);

        assertThat(call.status()).isEqualTo(200);
        assertThat(call.couldArrive()).isFalse();
    }

    @Test
    void anAnswerThatComesLateArrivesWhereTheCallerStillWaits() throws Exception {
        try (FunctionSink sink = new FunctionSink(CLOCK, TIMEOUT)) {
            sink.behave(Manner.ANSWER_LATE);
            try (Socket caller = call(sink)) {
                HttpMessage answer = HttpMessage.read(caller.getInputStream());

                assertThat(answer).isNotNull();
                await().until(() -> !sink.calls().isEmpty());
                assertThat(sink.calls()).singleElement().satisfies(call -> {
                    assertThat(call.couldArrive()).isTrue();
                    assertThat(call.answered() - call.began()).isGreaterThan(TIMEOUT.toNanos());
                    assertThat(call.isSuccess(TIMEOUT.toNanos())).isFalse();
                });
                assertThat(sink.hasSucceeded("all", 1)).isFalse();
            }
        }
    }

    @Test
    void aProxyCutsWhatGoesThroughIt() throws Exception {
        try (FunctionSink sink = new FunctionSink(CLOCK, TIMEOUT);
                Proxy proxy = new Proxy(sink.port());
                Generator generator = generator()) {
            generator.start(4, List.of(Platform.address(proxy.port())));
            awaitAccepted(generator, 50);
            sink.behave(Manner.HANG);
            await().until(() -> generator.emissions().size() == sink.calls().size());

            proxy.cut();
            sink.behave(Manner.ANSWER);
            int before = generator.accepted();
            awaitAccepted(generator, before + 50);

            assertThat(generator.emissions()).anyMatch(emission -> emission.status() == 0);
        }
    }

    /** The one call of a caller that waits as long as it says. */
    private static Call callOf(Manner manner) throws Exception {
        try (FunctionSink sink = new FunctionSink(CLOCK, TIMEOUT)) {
            sink.behave(manner);
            try (Socket caller = call(sink)) {
                caller.setSoTimeout((int) TIMEOUT.toMillis());
                try {
                    HttpMessage.read(caller.getInputStream());
                } catch (IOException noAnswer) {
                    // and so it goes
                }
            }
            await().until(() -> !sink.calls().isEmpty());
            return sink.calls().getFirst();
        }
    }

    private static Socket call(FunctionSink sink) throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), sink.port());
        caller.getOutputStream().write(HttpMessage.octets("""
                POST /all HTTP/1.1
                ce-id: 1
                Idempotency-Key: k
                Dispatch-Attempt: 3
                Transfer-Encoding: chunked

                2
                {}
                0

                """.replace("\n", "\r\n")));
        return caller;
    }

    private static Generator generator() {
        return new Generator(CLOCK, new Random(1), 1000);
    }

    private static void awaitAccepted(Generator generator, int events) {
        await().until(() -> generator.accepted() >= events);
    }
}
