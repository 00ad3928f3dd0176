package io.dispatch.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dispatch.client.ApiClient;
import io.dispatch.client.ApiException;
import io.dispatch.client.api.EventsApi;
import io.dispatch.client.api.FunctionsApi;
import io.dispatch.client.api.RunsApi;
import io.dispatch.client.api.SubscriptionsApi;
import io.dispatch.client.model.CloudEvent;
import io.dispatch.client.model.Function;
import io.dispatch.client.model.Run;
import io.dispatch.client.model.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Subscribe, emit, read the run: once in Java, once in TypeScript, by nothing but what the OpenAPI document says. */
final class ClientStoriesIT {

    private static final Path KEPT = Path.of("src/main/openapi/dispatch.json");
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    /** In local mode the header may be absent. */
    private static final @Nullable String NO_ORGANIZATION = null;

    private static StartedDispatch dispatch;
    private static ApiClient client;

    @BeforeAll
    static void startWithAFunction() throws IOException, ApiException {
        dispatch = StartedDispatch.start();
        client = new ApiClient();
        client.updateBaseUri(dispatch.url());
        new FunctionsApi(client)
                .createFunction(new Function().name("hello").command(List.of("hello")), NO_ORGANIZATION);
    }

    @AfterAll
    static void stop() {
        dispatch.close();
    }

    @Test
    void the_clients_are_made_from_what_the_gateway_serves() throws IOException {
        String served = served();
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(KEPT, served);
        }

        assertThat(Files.readString(KEPT)).as("renew with -Dopenapi.write=true").isEqualTo(served);
    }

    @Test
    void a_java_program_subscribes_emits_and_reads_the_run() throws ApiException {
        Subscription subscription = new SubscriptionsApi(client)
                .createSubscription(new Subscription().eventType("order.paid").function("hello"), NO_ORGANIZATION);
        assertThat(subscription.getName()).isNotEmpty();

        new EventsApi(client)
                .emitEvent(
                        new CloudEvent()
                                .specversion(CloudEvent.SpecversionEnum._1_0)
                                .id("4711-paid")
                                .source("/shop/eu")
                                .type("order.paid")
                                .datacontenttype("application/json")
                                .data(Map.of("order", 4711)),
                        NO_ORGANIZATION);

        Run run = await().atMost(Duration.ofSeconds(30))
                .until(() -> finished("order.paid"), Optional::isPresent)
                .orElseThrow();
        assertThat(run.getInput()).isEqualTo(Map.of("order", 4711));
        assertThat(new RunsApi(client).getRun(Objects.requireNonNull(run.getName()), null, null, NO_ORGANIZATION))
                .isEqualTo(run);
    }

    @Test
    void a_typescript_program_subscribes_emits_and_reads_the_run() throws IOException, InterruptedException {
        NodeProject project = NodeProject.compile();

        assertThat(project.tell(dispatch.url())).contains("run READY of hello, input {\"parcel\":42}");
    }

    private static String served() throws IOException {
        try (InputStream document =
                URI.create(dispatch.url() + "/v1/openapi.json").toURL().openStream()) {
            return JSON.writeValueAsString(JSON.readTree(document)) + "\n";
        }
    }

    private static Optional<Run> finished(String eventType) throws ApiException {
        return new RunsApi(client)
                .listRuns("hello", null, null, null, NO_ORGANIZATION).stream()
                        .filter(run -> run.getStatus() == Run.StatusEnum.READY)
                        .filter(run -> String.valueOf(run.getEvent()).contains(eventType))
                        .findFirst();
    }
}
