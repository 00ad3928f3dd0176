package io.dispatch.functioninvoker.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.functioninvoker.FakeFunction;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import io.dispatch.functioninvoker.outbound.Answer.Answered;
import io.dispatch.functioninvoker.outbound.Answer.Unanswered;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundClientTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final FakeFunction function = new FakeFunction();
    private final OutboundClient client =
            new OutboundClient(new AddressGuard(true, List.of(), Set.of(8081), List.of()), 64, 1_000);

    @AfterEach
    void close() {
        client.close();
        function.close();
    }

    @Test
    void postsHeadersAndBodyAndReadsTheAnswer() {
        function.answers(_ -> new Reply(
                201,
                "{\"done\":true}",
                Map.of("Content-Type", "application/json", "Retry-After", "3", "CE-Type", "t", "Cent", "1")));

        Answer answer = client.send(request(function.url(), "hello"), SOON);

        assertThat(answer).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(201);
            assertThat(answered.contentType()).isEqualTo("application/json");
            assertThat(answered.retryAfter()).isEqualTo("3");
            assertThat(new String(answered.body(), StandardCharsets.UTF_8)).isEqualTo("{\"done\":true}");
            assertThat(answered.eventHeaders()).isEqualTo(Map.of("ce-type", "t"));
            assertThat(answered.cut()).isFalse();
        });
        assertThat(function.received().getFirst().body()).isEqualTo("hello");
        assertThat(function.received().getFirst().header("x-one")).isEqualTo("1");
        assertThat(function.received().getFirst().header("user-agent")).isEqualTo("Dispatch");
    }

    @Test
    void readsNoMoreThanTheBound() {
        function.answers(_ -> Reply.of(200, "x".repeat(100_000)));

        assertThat(client.send(request(function.url(), ""), SOON)).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.body()).hasSize(1_000);
            assertThat(answered.cut()).isTrue();
        });
        assertThat(client.send(request(function.url(), ""), SOON)).isInstanceOf(Answered.class);
    }

    @Test
    void doesNotFollowRedirects() {
        function.answers(_ -> new Reply(302, "", Map.of("Location", function.url() + "elsewhere")));

        assertThat(client.send(request(function.url(), ""), SOON))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(302));
        assertThat(function.received()).hasSize(1);
    }

    @Test
    void aFunctionThatHangsIsCutOffInTime() {
        CountDownLatch end = new CountDownLatch(1);
        function.answers(_ -> {
            await(end);
            return Reply.of(200, "");
        });

        Answer answer = client.send(request(function.url(), ""), Duration.ofMillis(200));
        end.countDown();

        assertThat(answer).isEqualTo(new Unanswered("no whole answer within 200 ms"));
    }

    @Test
    void anAnswerThatNeverEndsIsCutOffInTime() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(server));

            Answer answer = client.send(
                    request("http://127.0.0.1:%d/".formatted(server.getLocalPort()), ""), Duration.ofMillis(300));

            assertThat(answer).isEqualTo(new Unanswered("no whole answer within 300 ms"));
        }
    }

    @Test
    void anAnswerWhoseBytesDripForEverIsCutOffInTime() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var sent = new AtomicLong();
            Thread.ofVirtual().start(() -> pour(server, "1\r\nx\r\n", sent, Long.MAX_VALUE, 1));

            Answer answer = client.send(
                    request("http://127.0.0.1:%d/".formatted(server.getLocalPort()), ""),
                    Duration.ofMillis(300),
                    1 << 30);

            assertThat(answer).isEqualTo(new Unanswered("no whole answer within 300 ms"));
        }
    }

    @Test
    void ofAHundredMegabytesNoMoreIsTakenThanTheBoundAndTheRestIsNotWaitedFor() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var sent = new AtomicLong();
            String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";
            Thread.ofVirtual().start(() -> pour(server, chunk, sent, 100L << 20, 0));

            Answer answer = client.send(request("http://127.0.0.1:%d/".formatted(server.getLocalPort()), ""), SOON);

            assertThat(answer).isInstanceOfSatisfying(Answered.class, answered -> {
                assertThat(answered.body()).hasSize(1_000);
                assertThat(answered.cut()).isTrue();
            });
            assertThat(sent.get()).isLessThan(50L << 20);
        }
    }

    @Test
    void aFunctionThatIsNotThereIsAReason() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        assertThat(client.send(request("http://127.0.0.1:%d/".formatted(port), ""), SOON))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        unanswered -> assertThat(unanswered.reason()).contains("refused"));
        assertThat(client.send(request("http://no-such-host.invalid/", ""), SOON))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        unanswered -> assertThat(unanswered.reason()).contains("no-such-host.invalid"));
    }

    @Test
    void anAddressThatMayNotBeCalledIsAReason() {
        assertThat(client.send(request("http://169.254.169.254/latest/meta-data", ""), SOON))
                .isEqualTo(new Unanswered("169.254.169.254:80 is an address that functions may not be called at"));
    }

    private static HttpPost request(String url, String body) {
        HttpPost post = new HttpPost(url);
        post.addHeader("X-One", "1");
        post.setEntity(new StringEntity(body));
        return post;
    }

    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (in.read() >= 0) {
                out.write('x');
                out.flush();
            }
        } catch (java.io.IOException e) {
            // the client has cut it off, as it should
        }
    }

    /** Answers with this chunk again and again. */
    private static void pour(ServerSocket server, String chunk, AtomicLong sent, long most, int everyMillis) {
        byte[] bytes = chunk.getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (sent.get() < most) {
                out.write(bytes);
                out.flush();
                sent.addAndGet(bytes.length);
                LockSupport.parkNanos(everyMillis * 1_000_000L);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (java.io.IOException e) {
            // the client has cut it off, as it should
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
