package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCheckpointStoreTests extends CheckpointStoreContract {

    @TempDir
    private Path folder;

    @Override
    CheckpointStore open() {
        return new FileCheckpointStore(folder.resolve("state"));
    }

    @Test
    void the_next_process_goes_on_where_the_last_one_ended() throws IOException {
        Checkpoint written = open().write("position", "1", null);

        assertThat(open().read("position")).contains(written);
    }
}
