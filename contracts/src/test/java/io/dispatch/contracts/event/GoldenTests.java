package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code golden/<case>.http} is a request, and {@code <case>.expected} the same event in every version. After a change that
 * is meant, {@code -Dgolden.write=true} writes what there is now; the difference is then for people to read.
 */
class GoldenTests {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".http"))
                    .map(name -> name.substring(0, name.length() - ".http".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyAttributeTravelsAsWrittenDown(String name) throws IOException {
        String actual = inAllVersions(event(name));

        Path expected = GOLDEN.resolve(name + ".expected");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatWeWriteAsVersion10IsTheSameEventAgain(String name) throws IOException {
        Event event = event(name);

        assertThat(CloudEventReader.structured(CloudEventWriter.structured(event)))
                .isEqualTo(event);
        assertThat(CloudEventReader.binary(
                        CloudEventWriter.headers(event), event.data() == null ? new byte[0] : event.data()))
                .satisfies(read -> assertThat(texts(read)).isEqualTo(texts(event)))
                .satisfies(read -> assertThat(read.data()).isEqualTo(event.data()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatWeWriteAsVersion03IsTheSameEventAgain(String name) throws IOException {
        Event event = event(name);
        byte[] version03 = CloudEventWriter.structuredVersion03(event);

        assertThat(CloudEventWriter.structuredVersion03(CloudEventReader.structured(version03)))
                .isEqualTo(version03);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatWeWriteAsVersion01IsTheSameEventAgain(String name) throws IOException {
        LegacyEvent legacy = LegacyEvent.of(event(name));

        assertThat(LegacyEvent.of(legacy.toEvent())).isEqualTo(legacy);
    }

    private static Event event(String name) throws IOException {
        String request = Files.readString(GOLDEN.resolve(name + ".http"));
        int blank = request.indexOf("\n\n");
        Map<String, String> headers = new LinkedHashMap<>();
        request.substring(0, blank)
                .lines()
                .map(line -> line.split(": ", 2))
                .forEach(header -> headers.put(header[0], header[1]));
        byte[] body = request.substring(blank + 2).getBytes(UTF_8);
        if (headers.containsKey("ce-specversion")) {
            return CloudEventReader.binary(headers, body);
        }
        return String.valueOf(headers.get("content-type")).startsWith("application/json")
                ? LegacyReader.read(body).event().toEvent()
                : CloudEventReader.structured(body);
    }

    private static String inAllVersions(Event event) {
        String headers = CloudEventWriter.headers(event).entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
        String data = event.data() == null ? "(no data)" : new String(event.data(), UTF_8);
        return String.join(
                "\n",
                "--- CloudEvents 1.0, binary",
                headers,
                "",
                data,
                "--- CloudEvents 1.0, structured",
                new String(CloudEventWriter.structured(event), UTF_8),
                "--- CloudEvents 0.3, structured",
                new String(CloudEventWriter.structuredVersion03(event), UTF_8),
                "--- CloudEvents 0.1, flat",
                new String(LegacyEvent.of(event).toJson(), UTF_8),
                "");
    }

    /** Headers know texts only. */
    private static Map<String, String> texts(Event event) {
        return event.attributes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
    }
}
