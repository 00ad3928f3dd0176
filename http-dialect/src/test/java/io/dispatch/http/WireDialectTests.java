package io.dispatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What somebody with curl sees of a service that speaks the dialect. */
@SpringBootTest(
        classes = ThingService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:dispatch-service.yaml",
            "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "dispatch.max-body=2KB"
        })
class WireDialectTests {

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Test
    void aCallerIsHandedToTheController() throws Exception {
        HttpResponse<String> answer = post("{\"NAME\":\"a\",\"eventType\":\"b\",\"size\":null,\"unknown\":1}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Organization")).hasValue("acme");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"eventType":"b"}                          | 422 | 602 | name in body is required
            {"name":null,"eventType":"b"}              | 422 | 602 | name in body is required
            {"name":"a"}                               | 422 | 602 | eventType in body is required
            {"name":"-a","eventType":"b"}              | 422 | 605 | name should start with letter or number and may only contain letters, numbers, underscores and dashes
            {"name":"a","eventType":"abcdefghi"}       | 422 | 603 | eventType in body should be at most 8 chars long
            {"name":"a","eventType":"B"}               | 422 | 605 | eventType in body should match '^[a-z.]*$'
            {"name":"a","eventType":"b","status":"X"}  | 422 | 606 | status in body should be one of [INITIALIZED CREATING READY UPDATING ERROR DELETING]
            {"name":"a","eventType":"b","status":0}    | 400 | 400 | status in body should be a string (line 1, column 38)
            {"name":"a","eventType":"b","size":"1"}    | 400 | 400 | size in body should be a number (line 1, column 36)
            {"name":{},"eventType":"b"}                | 400 | 400 | name in body should be a string (line 1, column 9)
            {"name":7,"eventType":"b"}                 | 400 | 400 | name in body should be a string (line 1, column 9)
            {"name":"a","eventType":"b","tags":"x"}    | 400 | 400 | tags in body should be an array (line 1, column 36)
            []                                         | 400 | 400 | the value in body should be an object (line 1, column 1)
            {"name":"a","name":"b","eventType":"b"}    | 400 | 400 | body is not JSON: Duplicate Object property "name" (line 1, column 19)
            """)
    void aBrokenRuleIsNamed(String body, int status, int code, String message) throws Exception {
        HttpResponse<String> answer = post(body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("\"code\":" + code)
                .contains("\"message\":\"" + message.replace("\"", "\\\"") + "\"")
                .contains("\"status\":" + status)
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"name":"a","eventType":"b"} x
            {"name":"a",}
            {"name":"a"
            nothing
            """)
    void whatIsNoJsonIsRefused(String body) throws Exception {
        HttpResponse<String> answer = post(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("body is not JSON: ").contains("line 1, column ");
    }

    @Test
    void aBodyThatIsNotThereIsRequired() throws Exception {
        HttpResponse<String> answer = post("");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":602").contains("body in body is required");
    }

    @Test
    void theValueThatBrokeARuleIsRepeated() throws Exception {
        HttpResponse<String> answer = post("{\"name\":\"a b\",\"eventType\":\"b\"}");

        assertThat(answer.body()).contains("\"field\":\"name\"").contains("\"value\":\"a b\"");
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        HttpResponse<String> answer = post("[".repeat(900) + "]".repeat(900));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhereItsLengthIsDeclared() throws Exception {
        HttpResponse<String> answer = post("{\"name\":\"%s\"}".formatted("a".repeat(3000)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":413").contains("at most 2048 bytes");
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhereItsLengthIsNotDeclared() throws Exception {
        byte[] body = "{\"name\":\"%s\"}".formatted("a".repeat(3000)).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        HttpResponse<String> answer =
                send("POST", "/v1/things", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/things/missing              | 404 | thing missing not found
            GET    | /v1/things/a%20b                | 422 | thingName in path should match '^[\\\\w\\\\d\\\\-]+$'
            GET    | /v1/runs/7                      | 422 | runName in path must be of type uuid
            GET    | /v1/runs/1-1-1-1-1              | 422 | runName in path must be of type uuid
            GET    | /v1/nowhere                     | 404 | path /v1/nowhere was not found
            GET    | /v1/things                      | 405 | method GET is not allowed, but [POST] are
            GET    | /v1/things/a?tags=x             | 400 | error parsing tag 'x': invalid format
            GET    | /v1/things/broken               | 500 | internal error when processing /v1/things/broken
            GET    | /v1/things/away                 | 503 | the database cannot be reached right now
            """)
    void whatWentWrongIsSaid(String method, String path, int status, String message) throws Exception {
        HttpResponse<String> answer = send(method, path, BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(message).doesNotContain("secret inside");
    }

    @ParameterizedTest
    @CsvSource({
        "tags=Application=shop,true",
        "tags=app=shop,true",
        "tags=APPLICATION=shop&tags=app=shop,true",
        "tags=app=shop&tags=role=x,false"
    })
    void tagsFilter(String query, String matches) throws Exception {
        HttpResponse<String> answer = send("GET", "/v1/things/a?" + query, BodyPublishers.noBody());

        assertThat(answer.body()).isEqualTo(matches);
    }

    @Test
    void aTrailingSlashIsTheSamePath() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/v1/things/", BodyPublishers.ofString("{\"name\":\"a\",\"eventType\":\"b\"}"));

        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @Test
    void aStaleVersionIsRefusedAndTheCurrentOneTold() throws Exception {
        HttpResponse<String> stale = put("\"2\"");

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.headers().firstValue("ETag")).hasValue("\"3\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "3"
            *
            "1", "3"
            """)
    void theCurrentVersionPasses(String ifMatch) throws Exception {
        HttpResponse<String> answer = put(ifMatch);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"4\"");
    }

    @ParameterizedTest
    @CsvSource({"/healthz", "/livez", "/readyz"})
    void healthIsOpen(String path) throws Exception {
        assertThat(send("GET", path, BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> put(String ifMatch) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/things/a"))
                .PUT(BodyPublishers.noBody())
                .header("If-Match", ifMatch)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send("POST", "/v1/things", BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
