package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.subscription.DeliverySpec;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Delivery settings as one column: they are only ever read and written whole. */
@Converter
final class DeliveryText implements AttributeConverter<@Nullable DeliverySpec, @Nullable String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable DeliverySpec delivery) {
        return delivery == null ? null : JsonMapper.shared().writeValueAsString(delivery);
    }

    @Override
    public @Nullable DeliverySpec convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : JsonMapper.shared().readValue(column, DeliverySpec.class);
    }
}
