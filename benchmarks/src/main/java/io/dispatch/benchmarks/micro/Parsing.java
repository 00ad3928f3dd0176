package io.dispatch.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.event.CloudEventReader;
import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.event.LegacyReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many events a second one thread reads, in each form they come in; 300 bytes of payload. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Parsing {

    private static final int BATCH = 100;
    private static final String PAYLOAD = "{\"order\":4711,\"note\":\"%s\"}".formatted("x".repeat(276));
    private static final String STRUCTURED = """
            {"specversion":"1.0","id":"4711","type":"order.paid","source":"/shop/till","time":"2026-01-01T00:00:00Z",\
            "datacontenttype":"application/json","data":%s}""".formatted(PAYLOAD);
    private static final String LEGACY = """
            {"event":{"eventType":"order.paid","cloudEventsVersion":"0.1","source":"till","eventID":"4711",\
            "eventTime":"2026-01-01T00:00:00Z","contentType":"application/json","data":%s}}""".formatted(PAYLOAD);

    private final Map<String, String> headers = Map.of(
            "ce-specversion", "1.0",
            "ce-id", "4711",
            "ce-type", "order.paid",
            "ce-source", "/shop/till",
            "ce-time", "2026-01-01T00:00:00Z",
            "content-type", "application/json");
    private final byte[] payload = PAYLOAD.getBytes(UTF_8);
    private final byte[] structured = STRUCTURED.getBytes(UTF_8);
    private final byte[] legacy = LEGACY.getBytes(UTF_8);
    private final byte[] batch = ("[" + String.join(",", Collections.nCopies(BATCH, STRUCTURED)) + "]").getBytes(UTF_8);

    /** The body of the 0.1 dialect, and the event that it becomes. */
    @Benchmark
    public Event legacy() {
        return LegacyReader.read(legacy).event().toEvent();
    }

    /** Attributes in headers, the body as it is. */
    @Benchmark
    public Event binary() {
        return CloudEventReader.binary(headers, payload);
    }

    /** One JSON document. */
    @Benchmark
    public Event structured() {
        return CloudEventReader.structured(structured);
    }

    /** A hundred of them in an array, each counted. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Event> batch() {
        return CloudEventReader.batch(batch);
    }
}
