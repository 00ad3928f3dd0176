package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dispatch.functioninvoker.Api.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may be handed in as a function's source, by value and by address. */
class SourceIntakeIT extends InvokerTest {

    private static final byte[] ARCHIVE = Tarball.of("main.js", "module.exports = () => 'fetched';");

    private final String organization = unique("intake");

    @Autowired
    JdbcClient jdbc;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/good.tgz", 200, ARCHIVE);
        serve("/missing.tgz", 404, new byte[0]);
        serve("/moved.tgz", 302, new byte[0]);
        serve("/page.html", 200, "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        serve("/huge.tgz", 200, new byte[(8 << 20) + 1]);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        api().get("/v1/function")
                .json()
                .forEach(function ->
                        api().delete("/v1/function/" + function.get("name").asString()));
    }

    private void serve(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", "/good.tgz");
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
    }

    @Test
    void aSourceIsFetchedOnceFromWhereItStands() {
        Answer made = create("\"sourceURL\":\"%s\"".formatted(url("/good.tgz")));
        server.stop(0);

        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.json().has("sourceURL")).isFalse();
        Installed.assumeInstalled("node");
        assertThat(api().post("/v1/runs?functionName=f", "{\"blocking\":true}")
                        .json()
                        .get("output")
                        .asString())
                .isEqualTo("fetched");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/missing.tgz | sourceURL in body answered status 404 instead of 200",
                "/moved.tgz | sourceURL in body answered status 302 instead of 200; redirects are not followed",
                "/page.html | sourceURL in body is no whole gzip archive of a tar",
                "/huge.tgz | sourceURL in body is more than 8388608 bytes",
            })
    void anAddressWithoutASourceIsRefused(String path, String message) {
        Answer answer = create("\"sourceURL\":\"%s\"".formatted(url(path)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("message").asString()).startsWith(message);
        assertThat(api().get("/v1/function").json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data, 400",
        "http://127.0.0.1:8081/v1/event, 400",
        "http://10.0.0.1/source.tgz, 400",
        "file:///etc/passwd, 422",
        "ftp://example.com/source.tgz, 422",
        "https://user:password@example.com/source.tgz, 422",
        "source.tgz, 422"
    })
    void anAddressThatMayNotBeAskedIsRefused(String url, int status) {
        Answer answer = create("\"sourceURL\":\"%s\"".formatted(url));

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        assertThat(answer.json().get("message").asString()).startsWith("sourceURL in body ");
    }

    @Test
    void aSourceThatLeadsOutOfItsFolderIsRefusedAndNothingIsMade() {
        Answer answer = create(source(Tarball.of("../../escaped.js", "x")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("message").asString())
                .isEqualTo("source in body has the entry '../../escaped.js', which leads out of its folder");
        assertThat(api().get("/v1/function/f").status()).isEqualTo(404);
    }

    @Test
    void aFunctionIsNotThereWithoutItsSource() {
        jdbc.sql(
                        "alter table function_invoker.function_source add constraint full_disk check (organization <> '%s') not valid"
                                .formatted(organization))
                .update();
        try {
            create(source(ARCHIVE));
        } finally {
            jdbc.sql("alter table function_invoker.function_source drop constraint full_disk")
                    .update();
        }

        assertThat(api().get("/v1/function/f").status()).isEqualTo(404);
    }

    @Test
    void anUpdateThatIsRefusedChangesNothing() {
        Answer made = create(source(ARCHIVE));

        Answer answer = api().put(
                        "/v1/function/f",
                        "{\"name\":\"f\",\"image\":\"nodejs\",\"source\":\"H4sIAAAA\"}",
                        Map.of("If-Match", made.etag()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(api().get("/v1/function/f").etag()).isEqualTo(made.etag());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"f\",\"source\":\"H4sI\"} | 422 | image in body is required",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"image\":\"\"} | 422 | image in body is required",
                "{\"name\":\"f\",\"source\":\"not base64\",\"image\":\"nodejs\"} | 422 | source in body must be base64",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"image\":\"nodejs\"} | 400 | source in body is no whole gzip archive",
                "{\"name\":\"f\",\"source\":\"\",\"image\":\"nodejs\"} | 400 | exactly one of",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"sourceURL\":\"http://example.com/\",\"image\":\"nodejs\"} | 400 | exactly one of",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"endpoint\":\"http://example.com/\",\"image\":\"nodejs\"} | 400 | exactly one of",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"image\":\"nodejs\",\"protocol\":\"cloudevents\"} | 400 | protocol in body must be dispatch",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"image\":\"nodejs\",\"headers\":[{\"name\":\"X\",\"value\":\"x\"}]} | 400 | headers in body must be empty",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"image\":\"nodejs\",\"schema\":{\"in\":{\"type\":5}}} | 400 | schema.in in body is no JSON Schema: /type",
                "{\"name\":\"f\",\"source\":\"H4sI\",\"image\":\"nodejs\",\"handler\":\"a\\u0000b\"} | 422 | handler in body must not hold",
            })
    void whatCannotBeASourceIsToldWhy(String body, int status, String message) {
        Answer answer = api().post("/v1/function", body);

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        assertThat(answer.json().get("message").asString()).startsWith(message);
    }

    private Answer create(String source) {
        return api().post("/v1/function", "{\"name\":\"f\",\"image\":\"nodejs\",%s}".formatted(source));
    }

    private static String source(byte[] archive) {
        return "\"source\":\"%s\"".formatted(Tarball.base64(archive));
    }

    private String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    private Api api() {
        return api(organization);
    }
}
