package io.dispatch.eventmanager.cesql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dispatch.contracts.event.Event;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The official test kit (github.com/cloudevents/spec, folder {@code cesql/cesql_tck}), where it lies in the folder that
 * {@code -Dcesql.tck} names or in {@code shared/data/cesql-tck} of a folder above this project.
 */
class CesqlKitTests {
    private static final int CASES = 275;
    private static final Path SKIPPED = Path.of("..", "target", "skipped-stages.txt");

    @TestFactory
    List<DynamicTest> everyCaseOfTheOfficialKitPasses() throws IOException {
        Path folder = folder().orElseGet(CesqlKitTests::skipped);

        List<DynamicTest> tests;
        try (Stream<Path> files = Files.list(folder)) {
            tests = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(CesqlKitTests::cases)
                    .toList();
        }
        assertThat(tests).hasSize(CASES);
        return tests;
    }

    private static Stream<DynamicTest> cases(Path file) {
        Map<?, ?> suite;
        try (Reader text = Files.newBufferedReader(file)) {
            suite = yaml().load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ((List<?>) Objects.requireNonNull(suite.get("tests")))
                .stream()
                        .map(test -> (Map<?, ?>) test)
                        .map(test -> DynamicTest.dynamicTest(
                                suite.get("name") + ": " + test.get("name"), () -> check(test)));
    }

    private static void check(Map<?, ?> test) {
        String expression = String.valueOf(test.get("expression"));
        Value value = value(expression, event(test));

        Value result = value instanceof Value.Failure failure ? failure.result() : value;
        @Nullable String error = value instanceof Value.Failure failure ? named(failure.fault()) : null;
        if (test.containsKey("result")) {
            assertThat(plain(result)).as(expression).isEqualTo(test.get("result"));
        }
        assertThat(error).as(expression).isEqualTo(test.get("error"));
    }

    /** The kit wants a value of what cannot be parsed too: there is none, and false stands for it. */
    private static Value value(String expression, Event event) {
        try {
            return Cesql.parse(expression).evaluate(event);
        } catch (InvalidExpressionException invalid) {
            return new Value.Failure(invalid.fault(), Value.Truth.FALSE, String.valueOf(invalid.getMessage()));
        }
    }

    private static Object plain(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Whole(int number) -> number;
            case Value.Truth(boolean truth) -> truth;
            case Value.Failure failure -> fail("the result of a failure is a failure: " + failure);
        };
    }

    /** {@code MISSING_ATTRIBUTE} is {@code missingAttribute} in the kit. */
    private static String named(Fault fault) {
        String[] words = fault.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words.length == 1
                ? words[0]
                : words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
    }

    private static Event event(Map<?, ?> test) {
        Map<String, Object> attributes = new HashMap<>(Map.of("id", "1", "source", "/kit", "type", "t"));
        for (String given : List.of("event", "eventOverrides")) {
            if (test.get(given) instanceof Map<?, ?> values) {
                values.forEach((name, value) -> attributes.put((String) name, value));
            }
        }
        attributes.remove("specversion");
        return Event.of(attributes, null);
    }

    /** Times stay as they are written. */
    private static Yaml yaml() {
        LoaderOptions loading = new LoaderOptions();
        DumperOptions dumping = new DumperOptions();
        Resolver withoutTimes = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
                addImplicitResolver(Tag.INT, INT, "-+0123456789");
            }
        };
        return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading, withoutTimes);
    }

    private static Optional<Path> folder() {
        @Nullable String named = System.getProperty("cesql.tck");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, Objects::nonNull, Path::getParent)
                .map(above -> above.resolve("shared/data/cesql-tck"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static Path skipped() {
        String missing = "the folder cesql-tck is not there (-Dcesql.tck names it)";
        try {
            Files.createDirectories(SKIPPED.getParent());
            Files.writeString(
                    SKIPPED,
                    "the test kit of CloudEvents SQL: %s%n".formatted(missing),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Assumptions.abort(missing);
    }
}
