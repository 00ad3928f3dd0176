package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlatformCheckpointStoreTests extends CheckpointStoreContract {

    private final DriverHttp http = new DriverHttp(2, Duration.ofSeconds(5));
    private final RecordingPlatform platform;

    @TempDir
    private Path folder;

    PlatformCheckpointStoreTests() throws IOException {
        platform = new RecordingPlatform();
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        platform.close();
    }

    @Override
    CheckpointStore open() {
        return store(BearerToken.from(Map.of()));
    }

    @Test
    void a_renewed_token_is_read_from_its_file() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "old\n");
        CheckpointStore store = store(BearerToken.from(Map.of("DISPATCH_TOKEN_FILE", file.toString())));
        platform.requireToken("new");
        Files.writeString(file, "new\n");

        store.write("position", "1", null);

        assertThat(platform.document("position")).isEqualTo("1");
    }

    @Test
    void a_write_whose_answer_was_lost_may_be_repeated() throws IOException {
        CheckpointStore store = open();
        Checkpoint written = store.write("position", "1", null);

        Checkpoint again = store.write("position", "1", null);

        assertThat(again).isEqualTo(written);
    }

    @Test
    void a_refused_credential_is_an_error_and_not_an_absent_document() throws IOException {
        platform.requireToken("other");

        assertThatIOException().isThrownBy(() -> open().read("position")).withMessageContaining("401");
    }

    private CheckpointStore store(BearerToken token) {
        return new PlatformCheckpointStore(URI.create(platform.state()), token, http);
    }
}
