package io.dispatch.driver;

final class MemoryCheckpointStoreTests extends CheckpointStoreContract {

    @Override
    CheckpointStore open() {
        return new MemoryCheckpointStore();
    }
}
