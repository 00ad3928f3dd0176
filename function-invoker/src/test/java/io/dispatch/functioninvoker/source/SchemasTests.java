package io.dispatch.functioninvoker.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.RawJson;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTests {

    private final Schemas schemas = new Schemas();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | array found",
                "\"x\" | string found",
                "{\"type\":\"nonsense\"} | /type: ",
                "{\"properties\":{\"a\":{\"type\":5}}} | /properties/a/type: ",
                "{\"$schema\":\"http://example.com/mine\"} | $schema http://example.com/mine is no draft",
                "{\"$schema\":5} | $schema 5 is no draft",
                "{\"$ref\":\"http://127.0.0.1:1/x\"} | not allowed to be loaded",
                "{\"$ref\":\"classpath:application.yaml\"} | not allowed to be loaded",
                "{\"$ref\":\"file:///etc/passwd\"} | not allowed to be loaded",
                "{\"pattern\":\"(\"} | ",
            })
    void whatIsNoSchemaIsToldWhy(String schema, String flaw) {
        assertThat(Schemas.flaw(new RawJson(schema))).get().asString().contains(flaw == null ? "" : flaw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "{}",
                "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"maximum\":3,\"exclusiveMaximum\":true}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema\",\"type\":\"object\"}",
                "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"prefixItems\":[{\"type\":\"string\"}]}",
                "{\"definitions\":{\"a\":{\"type\":\"string\"}},\"properties\":{\"a\":{\"$ref\":\"#/definitions/a\"}}}"
            })
    void schemasOfEachDraftAreTaken(String schema) {
        assertThat(Schemas.flaw(new RawJson(schema))).isEmpty();
        assertThat(schemas.violation(new RawJson(schema), "{}")).isEmpty();
    }

    @Test
    void aViolationNamesThePlace() {
        RawJson schema = new RawJson("{\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\"}}}");

        assertThat(schemas.violation(schema, "{}")).contains("required property 'a' not found");
        assertThat(schemas.violation(schema, "{\"a\":1}")).contains("/a: integer found, string expected");
        assertThat(schemas.violation(schema, "{\"a\":\"1\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pattern\":\"^(a*)*b$\"}",
                "{\"pattern\":\"^(a|a)*$\"}",
                "{\"pattern\":\"(x+x+)+y|.*a.*a.*a.*a.*a.*b\"}"
            })
    void aPatternThatWouldKeepJavaBusyForEverIsGivenUp(String schema) {
        String value = "\"" + "a".repeat(5_000) + "!\"";

        assertThat(schemas.violation(new RawJson(schema), value))
                .contains("it takes too long to tell, by one of its patterns");
        assertThat(schemas.violation(
                        new RawJson("{\"patternProperties\":{\"^(a|a)*$\":{}}}"), "{%s:1}".formatted(value)))
                .contains("it takes too long to tell, by one of its patterns");
    }

    @Test
    void aPatternThatIsNestedWithoutEndIsNoSchema() {
        String pattern = "(".repeat(100_000) + ")".repeat(100_000);

        assertThat(Schemas.flaw(new RawJson("{\"pattern\":\"%s\"}".formatted(pattern))))
                .get()
                .asString()
                .hasSizeLessThan(200);
    }

    @Test
    void theBoundIsForAllOfAValueAndLeavesRoomForLongOnes() {
        RawJson digits = new RawJson("{\"items\":{\"pattern\":\"^[0-9]+$\"}}");
        String million = "\"" + "7".repeat(1_000_000) + "\"";

        assertThat(schemas.violation(digits, "[%s]".formatted(million))).isEmpty();
        assertThat(schemas.violation(digits, "[%s]".formatted(String.join(",", Collections.nCopies(30, million)))))
                .contains("it takes too long to tell, by one of its patterns");
    }

    @Test
    void aSchemaThatRefersToItselfForEverEnds() {
        assertThat(schemas.violation(new RawJson("{\"$ref\":\"#\"}"), "{}"))
                .contains("the schema goes deeper than 256 levels");
    }
}
