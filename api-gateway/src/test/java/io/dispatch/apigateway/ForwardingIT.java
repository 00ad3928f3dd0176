package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a request between its caller and the service that owns its route. */
class ForwardingIT {

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
        gateway.upstream().answers(null);
    }

    @Test
    void aRequestArrivesWithItsQueryHeadersAndBodyButWithoutTheCallersCredentials() throws Exception {
        gateway.send(gateway.request("/v1/event/subscriptions/?tags=app%3Da&x=1")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Cookie", "cookie")
                .header("X-Dispatch-Org", "acme")
                .header("X-Dispatch-Secret-Door", "open")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("If-Match", "\"3\"")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString("{\"name\":\"ä\"}")));

        Upstream.Received received = gateway.upstream().last();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.uri()).isEqualTo("/v1/event/subscriptions?tags=app%3Da&x=1");
        assertThat(received.body()).isEqualTo("{\"name\":\"ä\"}");
        assertThat(received.header("Content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(received.header("If-match")).isEqualTo("\"3\"");
        assertThat(received.header("Traceparent")).startsWith("00-0af7");
        assertThat(received.headers())
                .doesNotContainKeys("Cookie", "X-dispatch-org", "X-dispatch-secret-door", "X-forwarded-for");
    }

    @ParameterizedTest
    @CsvSource({"/v1/event/subscriptions, event-manager", "/v1/secret, driver-manager", "/v1/runs, function-invoker"})
    void theGatewayVouchesForTheCallerToTheOwningServiceForAMinute(String path, String service) throws Exception {
        gateway.send(gateway.request(path).header("X-Dispatch-Org", "acme"));

        JWTClaimsSet token = SignedJWT.parse(
                        String.valueOf(gateway.upstream().last().header("Authorization"))
                                .substring("Bearer ".length()))
                .getJWTClaimsSet();
        assertThat(token.getIssuer()).isEqualTo("dispatch-gateway");
        assertThat(token.getAudience()).containsExactly(service);
        assertThat(token.getSubject()).isEqualTo("local");
        assertThat(token.getStringClaim("org")).isEqualTo("acme");
        assertThat(token.getStringClaim("scope")).isEqualTo("*:*");
        assertThat(Duration.between(
                        token.getIssueTime().toInstant(),
                        token.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void anAnswerComesBackUnchanged() throws Exception {
        gateway.upstream().answers(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"7\"");
            exchange.getResponseHeaders().add("Link", "</v1/runs?cursor=2>; rel=\"next\"");
            exchange.getResponseHeaders().add("Dispatch-Matched", "2");
            Upstream.answer(exchange, 202, "[1.50]");
        });

        HttpResponse<String> answer = gateway.get("/v1/runs");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("[1.50]");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"7\"");
        assertThat(answer.headers().firstValue("Link")).hasValue("</v1/runs?cursor=2>; rel=\"next\"");
        assertThat(answer.headers().firstValue("Dispatch-Matched")).hasValue("2");
    }

    @Test
    void anAnswerWithoutABodyStaysOne() throws Exception {
        gateway.upstream().answers(exchange -> Upstream.answer(exchange, 204, ""));

        HttpResponse<String> answer =
                gateway.send(gateway.request("/v1/secret/a").DELETE());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Content-Type")).isNotEqualTo("text/html");
    }

    @Test
    void whatAServiceSendsBitByBitArrivesBitByBit() throws Exception {
        BlockingQueue<String> toSend = new LinkedBlockingQueue<>();
        gateway.upstream().answers(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 2; i++) {
                    out.write(toSend.take().getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        toSend.add("data: 1\n\n");
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(gateway.request("/v1/runs").build(), BodyHandlers.ofInputStream());

        try (InputStream in = answer.body()) {
            assertThat(new String(in.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
            toSend.add("data: 2\n\n");
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data: 2\n\n");
        }
    }

    @Test
    void aLargeBodyReachesTheServiceWhileItIsStillBeingSent() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        gateway.upstream().takes(exchange -> {
            exchange.getRequestBody().readNBytes(50_000);
            arrived.countDown();
            exchange.getRequestBody().readAllBytes();
            Upstream.answer(exchange, 200, "{}");
        });
        InputStream halting = new InputStream() {
            private int sent;

            @Override
            public int read() {
                return sent++ < 200_000 ? ' ' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (sent >= 150_000) {
                    awaitArrival();
                }
                return super.read(bytes, offset, Math.min(length, 10_000));
            }

            private void awaitArrival() throws IOException {
                try {
                    if (!arrived.await(10, TimeUnit.SECONDS)) {
                        throw new IOException("the service saw nothing of the first 150,000 bytes");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        };

        HttpResponse<String> answer = gateway.send(gateway.request("/v1/event")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> halting)));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyOverTheLimitIsRefusedWhetherItsLengthWasSaidOrNot(boolean declared) throws Exception {
        byte[] tooMuch = new byte[10 << 20];

        HttpResponse<String> answer = gateway.send(gateway.request("/v1/event")
                .header("Content-Type", "application/json")
                .POST(
                        declared
                                ? BodyPublishers.ofByteArray(tooMuch)
                                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch))));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(RunningGateway.body(answer).path("message").asString())
                .isEqualTo("the body should be at most 1048576 bytes long");
    }

    @Test
    void aFunctionMayBringItsSource() throws Exception {
        HttpResponse<String> large = gateway.post("/v1/function", " ".repeat(12 << 20));
        HttpResponse<String> tooLarge = gateway.post("/v1/function", " ".repeat((12 << 20) + 1));

        assertThat(large.statusCode()).isEqualTo(200);
        assertThat(tooLarge.statusCode()).isEqualTo(413);
    }

    @Test
    void aBodyOfExactlyTheLimitPasses() throws Exception {
        HttpResponse<String> answer = gateway.post("/v1/secret", " ".repeat(1 << 20));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(gateway.upstream().last().body()).hasSize(1 << 20);
    }

    @Test
    void anAnswerThatComesBeforeTheBodyIsPassedOn() throws Exception {
        gateway.upstream().takes(exchange -> {
            byte[] refusal = "{\"code\":602}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(422, refusal.length);
            exchange.getResponseBody().write(refusal);
            exchange.getResponseBody().flush();
            exchange.getRequestBody().readAllBytes();
            exchange.close();
        });

        HttpResponse<String> answer = gateway.post("/v1/secret", " ".repeat(1 << 20));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"code\":602}");
    }

    @Test
    void aServiceThatIsDownIsToldInTheUsualErrorBody() throws Exception {
        gateway.upstream().stop();
        try {
            HttpResponse<String> answer = gateway.post("/v1/event", "{}");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(RunningGateway.body(answer).path("code").asInt()).isEqualTo(503);
            assertThat(RunningGateway.body(answer).path("message").asString())
                    .isEqualTo("event-manager cannot be reached right now, try again");
        } finally {
            gateway.upstream().startAgain();
        }
    }

    @Test
    void aServiceThatWasRestartedIsReachedAgainAtOnce() throws Exception {
        assertThat(gateway.post("/v1/event", "{}").statusCode()).isEqualTo(202);
        assertThat(gateway.get("/v1/runs").statusCode()).isEqualTo(200);

        gateway.upstream().stop();
        gateway.upstream().startAgain();

        assertThat(gateway.get("/v1/runs").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(2))
                .until(() -> gateway.post("/v1/event", "{}").statusCode() == 202);
    }

    @Test
    void aPostThatWasSentIsNeverSentTwice() throws Exception {
        gateway.upstream().answers(exchange -> {
            throw new IOException("dies");
        });

        HttpResponse<String> answer = gateway.post("/v1/event/subscriptions", "{}");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(RunningGateway.body(answer).path("message").asString())
                .isEqualTo("event-manager broke off before it answered: the request may have been carried out");
        assertThat(gateway.upstream().received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/event/../secret",
                "/v1/event/%2e%2e/secret",
                "/v1//secret",
                "//v1/secret",
                "/v1/secret;a=b",
                "/v1/secret%2fa",
                "/v1/secret%00",
                "/v1/secret/%252e",
                "/v1/secret\\a",
                "/../../v1/secret",
                "http://elsewhere/v1/../secret",
                "*",
                "/v1/secret/%zz",
                "/v1/SECRET",
            })
    void aPathTrickReachesNoService(String path) throws Exception {
        String answer = gateway.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/json");
        assertThat(answer).contains("\"code\":40").contains("\"message\":");
        assertThat(gateway.upstream().received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /v1/secret HTTP/1.1\r\n\r\n",
                "GET /v1/secret HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "POST /v1/secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "POST /v1/secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: -2\r\n\r\n{}",
                "POST /v1/secret HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n",
            })
    void whatIsNoHttpIsToldSoInTheUsualErrorBody(String request) throws Exception {
        String answer = gateway.raw(request);

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":400").doesNotContain("<html");
        assertThat(gateway.upstream().received()).isEmpty();
    }

    @Test
    void twoLengthsOfOneBodySmuggleNoSecondRequest() throws Exception {
        gateway.raw("""
                POST /v1/secret HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 50
                Transfer-Encoding: chunked

                0

                GET /v1/function HTTP/1.1
                Host: localhost

                """.replace("\n", "\r\n"));

        assertThat(gateway.upstream().received())
                .extracting(Upstream.Received::uri)
                .doesNotContain("/v1/function");
        assertThat(gateway.upstream().received())
                .allSatisfy(received -> assertThat(received.headers())
                        .satisfiesAnyOf(
                                headers -> assertThat(headers).doesNotContainKey("Content-length"),
                                headers -> assertThat(headers).doesNotContainKey("Transfer-encoding")));
    }

    @Test
    void twoOrganizationsInOneRequestAreOneTooMany() throws Exception {
        HttpResponse<String> answer = gateway.send(
                gateway.request("/v1/secret").header("X-Dispatch-Org", "acme").header("X-Dispatch-Org", "globex"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningGateway.body(answer).path("message").asString())
                .isEqualTo("X-Dispatch-Org in header must be sent once, but was sent 2 times");
    }

    @Test
    void whatConnectionNamesGoesNoFurther() throws Exception {
        gateway.raw("""
                GET /v1/secret HTTP/1.1
                Host: localhost
                Connection: close, X-Private
                X-Private: 1
                TE: trailers
                X-Public: 2

                """.replace("\n", "\r\n"));

        assertThat(gateway.upstream().last().headers()).doesNotContainKeys("X-private", "Te");
        assertThat(gateway.upstream().last().header("X-public")).isEqualTo("2");
    }

    @Test
    void healthIsToldOnceEveryServiceHasBeenReady() throws Exception {
        HttpResponse<String> answer = gateway.get("/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.body(answer).path("version").has("version")).isTrue();
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
    }
}
