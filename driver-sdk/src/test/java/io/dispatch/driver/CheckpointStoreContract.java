package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CheckpointStore} promises. */
abstract class CheckpointStoreContract {

    private CheckpointStore store;

    abstract CheckpointStore open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @Test
    void a_document_that_was_never_written_is_absent() throws IOException {
        assertThat(store.read("position")).isEmpty();
    }

    @Test
    void what_was_written_is_read_with_the_same_version() throws IOException {
        Checkpoint written = store.write("position", "{\"at\":\"Žluť\"}", null);

        assertThat(store.read("position")).contains(written);
        assertThat(written.document()).isEqualTo("{\"at\":\"Žluť\"}");
    }

    @Test
    void a_write_that_knows_the_version_replaces_the_document() throws IOException {
        Checkpoint first = store.write("position", "1", null);

        Checkpoint second = store.write("position", "2", first.version());

        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(store.read("position")).contains(second);
    }

    @Test
    void a_write_with_an_old_version_changes_nothing() throws IOException {
        Checkpoint first = store.write("position", "1", null);
        store.write("position", "2", first.version());

        assertThatExceptionOfType(CheckpointConflictException.class)
                .isThrownBy(() -> store.write("position", "3", first.version()));
        assertThat(store.read("position").map(Checkpoint::document)).contains("2");
    }

    @Test
    void a_first_write_does_not_overwrite_what_is_there() throws IOException {
        store.write("position", "1", null);

        assertThatExceptionOfType(CheckpointConflictException.class)
                .isThrownBy(() -> store.write("position", "2", null));
    }

    @Test
    void keys_are_apart() throws IOException {
        store.write("one", "1", null);
        store.write("two", "2", null);

        assertThat(store.read("one").map(Checkpoint::document)).contains("1");
    }

    @Test
    void a_key_that_could_leave_its_folder_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.read("../secret"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.write("../secret", "1", null));
    }

    @Test
    void a_document_beyond_64_KiB_is_refused() throws IOException {
        store.write("large", "x".repeat(CheckpointStore.MAX_BYTES), null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.write("larger", "x".repeat(CheckpointStore.MAX_BYTES + 1), null));
    }
}
