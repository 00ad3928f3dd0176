package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DriverProcessTests {

    private static final Option<String> GREETING =
            Option.text("greeting", "what to say").withDefault("hello");

    private final RecordingPlatform platform;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    DriverProcessTests() throws IOException {
        platform = new RecordingPlatform();
        environment.put("K_SINK", platform.sink());
        environment.put("DISPATCH_STATE_URL", platform.state());
        environment.put("DISPATCH_ORGANIZATION", "acme");
        environment.put("DISPATCH_DRIVER_NAME", "greeter");
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void a_driver_sends_to_the_sink_of_its_environment() {
        assertThat(run("--greeting=hi")).isZero();

        RecordingPlatform.Received request = platform.received().getFirst();
        assertThat(request.body()).isEqualTo("hi");
        assertThat(request.header("ce-source")).isEqualTo("/dispatch/drivers/acme/greeter");
    }

    @Test
    void a_sink_argument_wins_over_the_environment() throws IOException {
        try (RecordingPlatform other = new RecordingPlatform()) {
            run("--sink=" + other.sink());

            assertThat(other.received()).hasSize(1);
            assertThat(platform.received()).isEmpty();
        }
    }

    @Test
    void without_a_sink_the_gateways_ingest_gets_the_events_with_the_token() {
        environment.remove("K_SINK");
        environment.put("AUTH_TOKEN", "dt_x");
        URI sink = URI.create(platform.sink());

        run("--dispatch-api-endpoint=%s:%d".formatted(sink.getHost(), sink.getPort()));

        assertThat(platform.received().getFirst().header("authorization")).isEqualTo("Bearer dt_x");
    }

    @Test
    void overrides_are_set_last() {
        environment.put("K_CE_OVERRIDES", "{\"extensions\":{\"mood\":\"bad\",\"region\":\"eu\"}}");

        run();

        assertThat(platform.received().getFirst().headers())
                .containsEntry("ce-mood", "bad")
                .containsEntry("ce-region", "eu");
    }

    @Test
    void a_dry_run_sends_nothing_and_keeps_nothing() {
        assertThat(run("--dry-run")).isZero();
        assertThat(run("--dryrun")).isZero();

        assertThat(platform.received()).isEmpty();
        assertThat(platform.document("greeted")).isEmpty();
    }

    @Test
    void a_refused_event_is_kept_beside_the_progress() {
        platform.answerNext(422);

        assertThat(run()).isZero();

        assertThat(platform.document(RecentDeadLetters.KEY))
                .contains("\"id\":\"1\"", "\"status\":\"422\"", "as the test said", "\"data\":\"hello\"");
        assertThat(platform.document("greeted")).isEqualTo("true");
    }

    @Test
    void a_description_lists_the_options_and_event_types() {
        assertThat(run("--describe")).isZero();

        JsonNode description = JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(description.at("/name").asString()).isEqualTo("greeter");
        assertThat(description.at("/options/0/name").asString()).isEqualTo("greeting");
        assertThat(description.at("/options/0/default").asString()).isEqualTo("hello");
        assertThat(description.at("/eventTypes/0/example/said").asString()).isEqualTo("hello");
        assertThat(platform.received()).isEmpty();
    }

    @Test
    void help_names_every_option() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--greeting=<text> (default hello)", "--sink=<text>");
    }

    @Test
    void a_wrong_configuration_is_exit_78_with_one_line() {
        assertThat(run("--greting=hi")).isEqualTo(78);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("--greting is unknown; the nearest option is --greeting" + System.lineSeparator());
    }

    @Test
    void a_sink_that_is_no_url_is_refused_without_showing_it() {
        environment.put("K_SINK", "gateway:8080/v1?authToken=dt_secret");

        assertThat(run()).isEqualTo(78);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("K_SINK ").doesNotContain("dt_secret");
    }

    @Test
    void overrides_that_are_no_extensions_are_refused() {
        environment.put("K_CE_OVERRIDES", "{\"extensions\":{\"Not-Allowed\":\"x\"}}");

        assertThat(run()).isEqualTo(78);
    }

    @Test
    void health_and_metrics_answer_while_the_driver_runs() throws Exception {
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        environment.put("DISPATCH_MANAGEMENT_PORT", Integer.toString(port));
        StopSignal stop = new StopSignal();
        Thread process = Thread.ofVirtual().start(() -> process().run(stop, "--greeting=wait"));

        await().ignoreExceptions().until(() -> get(port, "/readyz").statusCode() == 200);
        assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
        assertThat(get(port, "/nothing").statusCode()).isEqualTo(404);
        assertThat(get(port, "/metrics").body())
                .contains("# TYPE dispatch_driver_events_sent_total counter", "dispatch_driver_upstream_connected 1");

        stop.request();
        process.join();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private int run(String... arguments) {
        return process().run(new StopSignal(), arguments);
    }

    private DriverProcess process() {
        return new DriverProcess(
                new Greeter(),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** Says one thing, writes down that it did, and ends; waits for the stop if it was told to. */
    private static final class Greeter implements EventDriver {

        @Override
        public DriverDescription describe() {
            return new DriverDescription(
                    "greeter",
                    "Greets.",
                    null,
                    List.of(GREETING),
                    List.of(new DriverDescription.EventType("greeting", "A greeting.", "{\"said\":\"hello\"}")),
                    List.of());
        }

        @Override
        public void run(DriverContext context) throws InterruptedException {
            String greeting = context.options().get(GREETING);
            context.emitter()
                    .send(CloudEventBuilder.v1()
                            .withId("1")
                            .withSource(URI.create(context.identity().source()))
                            .withType("greeting")
                            .withExtension("mood", "good")
                            .withData("text/plain", greeting.getBytes(StandardCharsets.UTF_8))
                            .build());
            try {
                context.checkpoints().write("greeted", "true", null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (greeting.equals("wait")) {
                context.stop().await(Duration.ofMinutes(1));
            }
        }
    }
}
