package io.dispatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FunctionSinkTests {

    private final Timeline timeline = new Timeline(100);

    private static int call(FunctionSink function, String path, int event) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s"
                                            .formatted(function.address().getPort(), path)))
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .header("ce-id", Integer.toString(event))
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void an_unsteady_function_fails_the_first_call_of_every_tenth_event() throws Exception {
        try (FunctionSink function = new FunctionSink(timeline)) {
            assertThat(call(function, FunctionSink.UNSTEADY, 9)).isEqualTo(200);
            assertThat(call(function, FunctionSink.UNSTEADY, 10)).isEqualTo(500);
            assertThat(call(function, FunctionSink.UNSTEADY, 10)).isEqualTo(200);
            assertThat(function.calls(FunctionSink.UNSTEADY)).isEqualTo(2);
            assertThat(function.twice()).isZero();
        }
    }

    @Test
    void a_slow_function_answers_after_50_ms() throws Exception {
        try (FunctionSink function = new FunctionSink(timeline)) {
            long start = System.nanoTime();

            assertThat(call(function, FunctionSink.SLOW, 1)).isEqualTo(200);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
    }

    @Test
    void a_second_call_is_noticed_but_where_many_share_an_event() throws Exception {
        try (FunctionSink function = new FunctionSink(timeline)) {
            for (String path : new String[] {"quick", "quick", FunctionSink.SHARED}) {
                assertThat(call(function, path, 1)).isEqualTo(200);
            }

            assertThat(function.calls("quick")).isEqualTo(2);
            assertThat(function.calls(FunctionSink.SHARED)).isEqualTo(1);
            assertThat(function.twice()).isEqualTo(1);
        }
    }
}
