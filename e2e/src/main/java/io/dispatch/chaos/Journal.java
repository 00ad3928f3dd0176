package io.dispatch.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What was emitted, called and disturbed in one trial; as files: a line each, fields with tabs between them. */
record Journal(List<Emission> emissions, List<Call> calls, List<Disturbance> disturbances) {

    private static final String EMISSIONS = "emissions.tsv";
    private static final String CALLS = "calls.tsv";
    private static final String DISTURBANCES = "disturbances.tsv";

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(EMISSIONS),
                emissions.stream().map(Emission::line).toList());
        Files.write(folder.resolve(CALLS), calls.stream().map(Call::line).toList());
        Files.write(
                folder.resolve(DISTURBANCES),
                disturbances.stream().map(Disturbance::line).toList());
    }

    static Journal read(Path folder) throws IOException {
        return new Journal(
                Files.readAllLines(folder.resolve(EMISSIONS)).stream()
                        .map(Emission::parse)
                        .toList(),
                Files.readAllLines(folder.resolve(CALLS)).stream()
                        .map(Call::parse)
                        .toList(),
                Files.readAllLines(folder.resolve(DISTURBANCES)).stream()
                        .map(Disturbance::parse)
                        .toList());
    }

    static String line(Object... fields) {
        return Arrays.stream(fields)
                .map(field -> String.valueOf(field).replaceAll("\\s", " "))
                .collect(Collectors.joining("\t"));
    }

    static String[] fields(String line) {
        return line.split("\t", -1);
    }
}
