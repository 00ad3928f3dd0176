package io.dispatch.functioninvoker.source;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.path.PathType;
import io.dispatch.contracts.RawJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schemas that sources say what they take and give with: drafts 4 to 2020-12 by {@code $schema}, draft 7 without.
 * Nothing outside of a schema is referred to; patterns are Java's, see {@link BoundedPattern}. Safe for any thread.
 */
public final class Schemas {

    private static final SpecificationVersion DEFAULT = SpecificationVersion.DRAFT_7;

    /** A schema that refers to itself for ever ends here. */
    private static final int MOST_DEPTH = 256;

    private static final SchemaRegistryConfig SETTINGS = SchemaRegistryConfig.builder()
            .failFast(true)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ROOT)
            .regularExpressionFactory(BoundedPattern::new)
            .build();

    /** Knows what schemas of each draft must look like. */
    private static final SchemaRegistry DRAFTS =
            SchemaRegistry.withDefaultDialect(DEFAULT, registry -> registry.schemaRegistryConfig(SETTINGS));

    /** Looks nothing up, neither in the network nor in this program. */
    private static final SchemaRegistry OWN = SchemaRegistry.withDefaultDialect(
            DEFAULT,
            registry -> registry.schemaRegistryConfig(SETTINGS)
                    .schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.block(_ -> true)));

    private final Cache<String, Schema> compiled =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /**
     * Why this is no schema; empty if it is one.
     *
     * @param schema null and the JSON {@code null} stand for none
     */
    public static Optional<String> flaw(@Nullable RawJson schema) {
        if (schema == null || schema.equals(RawJson.NULL)) {
            return Optional.empty();
        }
        try {
            JsonNode tree = JsonMapper.shared().readTree(schema.json());
            String draft = tree.path("$schema").asString(DEFAULT.getDialectId());
            SpecificationVersion version = SpecificationVersion.fromDialectId(draft)
                    .or(() -> SpecificationVersion.fromDialectId(draft + "#"))
                    .orElse(null);
            if (version == null) {
                return Optional.of("$schema %s is no draft that is known here".formatted(draft));
            }
            Optional<String> flaw = first(DRAFTS.getSchema(SchemaLocation.of(version.getDialectId())), schema.json());
            if (flaw.isEmpty()) {
                compile(schema.json());
            }
            return flaw;
        } catch (SchemaException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Why a value breaks a schema; empty if it keeps it.
     *
     * @param schema one without a {@link #flaw}
     * @param value the text of one JSON value
     */
    public Optional<String> violation(@Nullable RawJson schema, String value) {
        return schema == null || schema.equals(RawJson.NULL)
                ? Optional.empty()
                : first(compiled.get(schema.json(), Schemas::compile), value);
    }

    private static Schema compile(String schema) {
        Schema compiled = OWN.getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }

    private static Optional<String> first(Schema schema, String value) {
        try {
            List<Error> errors = BoundedPattern.within(() -> schema.validate(
                    value,
                    InputFormat.JSON,
                    execution -> execution.executionConfig(config -> config.maxEvaluationDepth(MOST_DEPTH))));
            return errors.stream().findFirst().map(Schemas::sentence);
        } catch (ValidationLimitExceededException e) {
            return Optional.of("the schema goes deeper than %d levels".formatted(MOST_DEPTH));
        } catch (SchemaException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String sentence(Error error) {
        String place = error.getInstanceLocation().toString();
        return place.isEmpty() ? error.getMessage() : place + ": " + error.getMessage();
    }
}
