package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.Tag;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tags as one column: they are only ever read and written whole. */
@Converter
final class TagsText implements AttributeConverter<@Nullable List<Tag>, @Nullable String> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Tag>> TAGS = new TypeReference<>() {};

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<Tag> tags) {
        return tags == null ? null : JSON.writeValueAsString(tags);
    }

    @Override
    public @Nullable List<Tag> convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : JSON.readValue(column, TAGS);
    }
}
