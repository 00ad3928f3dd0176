package io.dispatch.functioninvoker.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.RawJson;
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

    @Test
    void aSchemaThatRefersToItselfForEverEnds() {
        assertThat(schemas.violation(new RawJson("{\"$ref\":\"#\"}"), "{}"))
                .contains("the schema goes deeper than 256 levels");
    }
}
