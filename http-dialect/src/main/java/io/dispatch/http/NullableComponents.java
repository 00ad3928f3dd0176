package io.dispatch.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dispatch.contracts.RawJson;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says in the schema of a record which components may be null, as JSpecify has it. Enumerations are left alone: such a field is
 * absent or one of its values.
 */
final class NullableComponents implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (schema != null && raw.isRecord()) {
            mark(
                    raw,
                    schema.get$ref() == null
                            ? schema
                            : context.getDefinedModels().get(name(schema.get$ref())));
        }
        return schema;
    }

    private static void mark(Class<?> type, @Nullable Schema<?> schema) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() == RawJson.class) {
                schema.getProperties().computeIfPresent(property(component), (_, present) -> ofAnyType(present));
            } else if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.getProperties().computeIfPresent(property(component), (_, present) -> nullable(present));
            }
        }
    }

    private static Schema<?> nullable(Schema<?> schema) {
        if (schema.get$ref() != null) {
            Schema<?> either = new Schema<>();
            either.setAnyOf(List.of(schema, ServiceDescription.ofType("null")));
            return either;
        }
        if (schema.getTypes() == null || schema.getEnum() != null) {
            return schema;
        }
        Set<String> types = new TreeSet<>(schema.getTypes());
        types.add("null");
        schema.setTypes(types);
        return schema;
    }

    /** Without a type, where the resolver would say object. */
    private static Schema<?> ofAnyType(Schema<?> present) {
        return new Schema<>().description(present.getDescription());
    }

    private static String property(RecordComponent component) {
        @Nullable JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
