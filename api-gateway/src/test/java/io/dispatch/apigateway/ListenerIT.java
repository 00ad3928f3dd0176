package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One port for plain emits and for everything else, on whatever connection they come. */
class ListenerIT {

    private static final String GET_AND_CLOSE =
            "GET /v1/version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("--dispatch.local-mode=true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String emit(int length) {
        return "POST /v1/event HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(length, "x".repeat(length));
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void requestsThatAreSentWithoutWaitingAreAnsweredInTheirOrder() throws Exception {
        try (Socket socket = connect()) {
            send(socket, emit(3) + emit(2) + emit(1) + GET_AND_CLOSE);

            assertThat(rest(socket))
                    .containsSubsequence(
                            "HTTP/1.1 202 ", "{\"length\":3}", "{\"length\":2}", "{\"length\":1}", "HTTP/1.1 200 ");
        }
    }

    @Test
    void anEmitThatComesAfterSomethingElseIsAnsweredToo() throws Exception {
        try (Socket socket = connect()) {
            send(socket, GET_AND_CLOSE.replace("Connection: close\r\n", "") + emit(4) + GET_AND_CLOSE);

            assertThat(rest(socket)).containsSubsequence("HTTP/1.1 200 ", "{\"length\":4}", "HTTP/1.1 200 ");
        }
    }

    @Test
    void anEmitThatComesByteByByteIsAnswered() throws Exception {
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (char one : emit(5).toCharArray()) {
                send(socket, String.valueOf(one));
            }

            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 202 ");
        }
    }

    @Test
    void aCallerThatHasSaidAllItHasToSayStillGetsItsAnswer() throws Exception {
        try (Socket emitter = connect();
                Socket reader = connect()) {
            send(emitter, emit(6));
            emitter.shutdownOutput();
            send(reader, GET_AND_CLOSE.replace("Connection: close\r\n", ""));
            reader.shutdownOutput();

            assertThat(rest(emitter)).contains("{\"length\":6}");
            assertThat(rest(reader)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void anErrorLooksTheSameWhoeverHasReadTheRequest() throws Exception {
        String wrong = emit(1).replace("Host: localhost", "Host: elsewhere");
        try (Socket listener = connect();
                Socket tomcat = connect()) {
            send(listener, wrong);
            listener.shutdownOutput();
            send(tomcat, wrong.replace("/v1/event ", "/v1/event/ "));
            tomcat.shutdownOutput();

            String answer = rest(listener);

            assertThat(answer).startsWith("HTTP/1.1 403 ").contains("local mode, but was elsewhere");
            assertThat(answer.split("\r\n\r\n", -1)[1]).isEqualTo(rest(tomcat).split("\r\n\r\n", -1)[1]);
        }
    }

    @Test
    void aGatewayThatStopsAnswersWhatItHasTaken() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
                RunningGateway stopping = RunningGateway.start("--dispatch.local-mode=true");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
            socket.setSoTimeout(10_000);
            stopping.upstream().onEmits(_ -> {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            send(socket, emit(7));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> stopping.upstream().gathered().size() == 1);
            Future<?> stopped = background.submit(stopping::stop);
            await().atMost(Duration.ofSeconds(10)).until(() -> !isOpen(stopping.port()));
            goOn.countDown();

            assertThat(rest(socket)).contains("{\"length\":7}");
            stopped.get();
        }
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static String firstLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                .readLine();
    }
}
