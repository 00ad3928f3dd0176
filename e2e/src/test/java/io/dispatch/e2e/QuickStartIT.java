package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Somebody follows the README's quick start, word for word. */
@ExtendWith(SharedProduct.class)
class QuickStartIT {

    private static final Pattern COMMAND = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyCommandOfTheQuickStartDoesWhatItSays(Product product) throws Exception {
        List<String> commands = commands();
        assertThat(commands).hasSize(9);

        String driverType = run(product, commands.get(0));
        String driver = run(product, commands.get(1));
        String function = run(product, commands.get(2));
        String subscription = run(product, commands.get(3));

        assertThat(driverType).contains("\"kind\":\"DriverType\"").contains("\"name\":\"cron\"");
        assertThat(driver).contains("\"kind\":\"Driver\"").contains("\"status\":\"CREATING\"");
        assertThat(function).contains("\"kind\":\"Function\"").contains("\"name\":\"hello\"");
        assertThat(subscription).contains("\"kind\":\"Subscription\"").contains("\"eventType\":\"cron.trigger\"");
        await("runs of the heartbeat's events")
                .atMost(Duration.ofSeconds(40))
                .until(() -> hasRun(run(product, commands.get(4)), "cron.trigger"));

        run(product, commands.get(5));
        assertThat(run(product, commands.get(6)))
                .contains("\"eventID\":\"b4620ea5-8e9d-42d5-a566-6ad2f7873d63\"")
                .contains("\"eventTime\":\"2018-03-02T23:31:35.818-08:00\"");
        assertThat(run(product, commands.get(7))).contains("202").containsIgnoringCase("dispatch-matched: 1");
        await("runs of both emitted events")
                .atMost(Duration.ofSeconds(20))
                .until(() -> hasRun(run(product, commands.get(4)), "test.event33"));
        assertThat(run(product, commands.get(8)))
                .contains("hello-heartbeat")
                .contains("event emitted")
                .contains("the server is well");
    }

    private static boolean hasRun(String runs, String eventType) {
        for (JsonNode run : Product.JSON.readTree(runs)) {
            if (run.path("status").asString().equals("READY")
                    && run.path("event").path("eventType").asString().equals(eventType)
                    && run.path("output").path("hello").asString().equals(eventType)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> commands() throws IOException {
        String readme = Files.readString(Product.ROOT.resolve("README.md"));
        String quickStart = readme.substring(readme.indexOf("## Quick start"), readme.indexOf("## What is where"));
        return COMMAND.matcher(quickStart)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String run(Product product, String command) throws IOException {
        Process shell = new ProcessBuilder("bash", "-euc", command.replace("http://localhost:8080", product.url()))
                .directory(Product.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
