package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.e2e.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract sections 4.2 and 8.2: the door for drivers, by a token in the query, as the original's client library has it. */
@ExtendWith(StrictDispatch.class)
class IngestIT {

    private static final String INGEST = "/v1/event/ingest";
    private static final String TICK = "{\"eventType\":\"ticker.tick\",\"cloudEventsVersion\":\"0.1\","
            + "\"source\":\"heartbeat\",\"eventID\":\"c1f7\",\"eventTime\":\"2018-11-30T09:15:00.123456789Z\",\"data\":null}";

    private final Wire wire;
    private final Product product;

    IngestIT(Wire wire, Product product) {
        this.wire = wire;
        this.product = product;
    }

    @Test
    void theProbeAtADriversStartIsAnswered() {
        wire.raw("GET", INGEST, null).isError(405, 405, "method GET is not allowed, but [POST] are");
        wire.raw("GET", INGEST + "?authToken=x", null).is(405);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, ?authToken=x, 401, 401, unauthenticated for invalid credentials",
                "unset, '', 422, 602, authToken in query is required",
                "unset, ?authToken=, 422, 602, authToken in query is required",
                "unset, ?authToken=0b0e7a2e-6c5b-4a0e-a2a5-3f9a1c5d7e90, 401, 401, token not recognized",
            })
    void withoutATokenThatIsKnownNothingComesIn(
            @Nullable String cookie, String query, int status, int code, String message) {
        wire.raw("POST", INGEST + query, TICK, "Cookie", cookie, "Content-Type", "application/json")
                .isError(status, code, message);
    }

    @Test
    void theOrganizationIsTheDrivers() throws IOException {
        String token = tokenOfADriver();
        wire.post("/v1/event/subscriptions", "{\"name\":\"s\",\"eventType\":\"ticker.tick\",\"function\":\"none\"}")
                .is(201);

        Wire.Answer legacy = ingest("?authToken=" + token, TICK, "application/json", null);
        Wire.Answer bearer = ingest("", TICK, "application/json", "Bearer " + token);
        Wire.Answer structured = ingest(
                "?authToken=" + token,
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"ticker.tick\"}",
                "application/cloudevents+json",
                null);

        assertThat(legacy.is(200).json().path("eventTime").asString()).isEqualTo("2018-11-30T09:15:00.123Z");
        assertThat(legacy.header("Dispatch-Matched")).isEqualTo("1");
        bearer.is(200);
        assertThat(structured.is(202).header("Dispatch-Matched")).isEqualTo("1");
        ingest("?authToken=" + token, "[" + TICK + "]", "application/json", null)
                .is(400);
        ingest("?authToken=" + token, "{}", "application/json", null)
                .isError(422, 602, "cloudEventsVersion in body is required");
        ingest("?authToken=" + token, TICK.replace("0.1", "0.2"), "application/json", null)
                .isError(400, 400, "Error validating event: cloudEventsVersion must be 0.1, but was \"0.2\"");
        wire.delete("/v1/event/drivers/heartbeat").is(200);
    }

    private Wire.Answer ingest(String query, String body, String contentType, @Nullable String authorization) {
        return wire.raw(
                "POST",
                INGEST + query,
                body,
                "Cookie",
                "unset",
                "Authorization",
                authorization,
                "Content-Type",
                contentType);
    }

    /** A token is nobody's to read but the driver's: it is taken from the file that the driver's process was told of. */
    private String tokenOfADriver() throws IOException {
        wire.post("/v1/event/drivertypes", "{\"name\":\"cron\",\"image\":\"dispatchframework/dispatch-events-cron\"}")
                .is(201);
        wire.post(
                        "/v1/event/drivers",
                        "{\"name\":\"heartbeat\",\"type\":\"cron\",\"config\":[{\"key\":\"cron\",\"value\":\"@every 1h\"}]}")
                .is(201);
        Path file = await("the driver's process")
                .atMost(Duration.ofSeconds(30))
                .until(() -> product.processes().flatMap(this::tokenFile).findFirst(), Optional::isPresent)
                .orElseThrow();
        return Files.readString(file).strip();
    }

    private Stream<Path> tokenFile(ProcessHandle process) {
        try {
            String[] environment = Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"))
                    .split("\0");
            return Arrays.asList(environment).contains("DISPATCH_ORGANIZATION=" + wire.organization())
                    ? Arrays.stream(environment)
                            .filter(variable -> variable.startsWith("DISPATCH_TOKEN_FILE="))
                            .map(variable -> Path.of(variable.substring("DISPATCH_TOKEN_FILE=".length())))
                    : Stream.empty();
        } catch (IOException e) {
            return Stream.empty(); // ended since
        }
    }
}
