package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.RawJson;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Filters as one column, spelled as they were sent: they are only ever read and written whole. */
@Converter
final class FiltersText implements AttributeConverter<@Nullable List<RawJson>, @Nullable String> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<RawJson>> FILTERS = new TypeReference<>() {};

    static String of(List<RawJson> filters) {
        return JSON.writeValueAsString(filters);
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<RawJson> filters) {
        return filters == null ? null : of(filters);
    }

    @Override
    public @Nullable List<RawJson> convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : JSON.readValue(column, FILTERS);
    }
}
