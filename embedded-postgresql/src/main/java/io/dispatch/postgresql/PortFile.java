package io.dispatch.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers the port of the last start, so that those who know it find the server again. */
record PortFile(Path file) {

    /** The port of the last start; empty if there was none or somebody else has it now. */
    Optional<Integer> readFree() throws IOException {
        try {
            return Optional.of(Integer.valueOf(Files.readString(file).strip())).filter(FreePort::isFree);
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    void write(int port) throws IOException {
        Files.writeString(file, port + "\n");
    }
}
