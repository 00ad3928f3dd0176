package io.dispatch.eventmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The committed piece of the OpenAPI document is what the service says; {@code -Dopenapi.write=true} writes it anew. */
class OpenApiIT extends RunningService {
    private static final Path PIECE = Path.of("../contracts/src/main/resources/openapi/event-manager.json");
    private static final JsonMapper JSON_MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Test
    void theCommittedPieceIsWhatTheServiceSays() throws IOException {
        Map<String, Object> document =
                JSON_MAPPER.readValue(get("acme", "/v3/api-docs").body(), new TypeReference<>() {});
        document.remove("servers");
        String piece = JSON_MAPPER.writeValueAsString(document) + "\n";

        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(PIECE.getParent());
            Files.writeString(PIECE, piece);
        }
        assertThat(piece).isEqualTo(Files.readString(PIECE));
    }
}
