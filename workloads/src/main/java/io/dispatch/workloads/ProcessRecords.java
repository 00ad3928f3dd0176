package io.dispatch.workloads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which processes were started, on disk: one small file each with process id and start, so that a recycled id is told apart. */
final class ProcessRecords {

    private static final String SUFFIX = ".process";

    /** The system tells starts relative to its boot, whose wall-clock time it knows to the second. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private final Path folder;

    ProcessRecords(Path folder) {
        this.folder = folder;
    }

    void write(String name, ProcessHandle process) throws IOException {
        Path temporary = folder.resolve(name + ".tmp");
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        Files.writeString(temporary, process.pid() + " " + start);
        Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** The names of all that were written and not removed. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .forEach(file -> names.add(file.substring(0, file.length() - SUFFIX.length())));
        }
        return names;
    }

    /** The process that was written, if it is still that one. */
    Optional<ProcessHandle> process(String name) throws IOException {
        try {
            String[] record = Files.readString(file(name)).strip().split(" ", -1);
            Instant start = Instant.parse(record[1]);
            return ProcessHandle.of(Long.parseLong(record[0]))
                    .filter(process -> process.info()
                            .startInstant()
                            .filter(its -> Duration.between(its, start).abs().compareTo(CLOCK_STEP) < 0)
                            .isPresent());
        } catch (NoSuchFileException | NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty(); // not written by us: nothing of ours to find
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
