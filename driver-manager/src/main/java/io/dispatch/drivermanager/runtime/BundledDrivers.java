package io.dispatch.drivermanager.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The drivers that came with this installation, found in their folder each time they are asked for: one that is added is there
 * at once. See {@code drivers/README.md} for the layout.
 */
final class BundledDrivers {

    /** The drivers of the original's guide, which an image may name in any of three ways. */
    private static final Set<String> OURS =
            Set.of("vcenter", "azure-eventgrid", "eventgrid", "aws", "cron", "cloudevents", "cloudevent");

    private static final String DESCRIPTION = "driver.properties";

    private final Path folder;

    BundledDrivers(Path folder) {
        this.folder = folder;
    }

    /** What an image means here. */
    sealed interface Lookup {

        /**
         * A driver of ours.
         *
         * @param folder with its jars in it and in {@code lib} below
         * @param mainClass what to start
         */
        record Found(Path folder, String mainClass) implements Lookup {}

        /** Nothing that can run here. */
        record NotFound(String reason) implements Lookup {}
    }

    /**
     * Looks an image up by the last segment of its path, without tag and digest.
     *
     * @throws IOException when the folder is there but cannot be read
     */
    Lookup find(String image) throws IOException {
        String name = name(image);
        if (name.isEmpty()) {
            return new Lookup.NotFound(
                    "NoImage: the driver's type names no image when the driver was made or replaced");
        }
        List<String> bundled = new ArrayList<>();
        for (Path driver : folders()) {
            Properties description = read(driver.resolve(DESCRIPTION));
            List<String> images = Arrays.stream(
                            description.getProperty("images", "").split(",", -1))
                    .map(String::strip)
                    .toList();
            Optional<String> mainClass = Optional.ofNullable(description.getProperty("main-class"));
            if (images.contains(name) && mainClass.isPresent()) {
                return new Lookup.Found(driver, mainClass.get().strip());
            }
            bundled.add(driver.getFileName().toString());
        }
        return new Lookup.NotFound(
                isOurs(name)
                        ? "NotAvailable: image %s is a driver of Dispatch that this installation does not have; it has %s"
                                .formatted(image, bundled)
                        : "NeedsKubernetes: image %s is no driver of Dispatch and runs on Kubernetes only; without it there are %s"
                                .formatted(image, bundled));
    }

    private static boolean isOurs(String name) {
        return OURS.stream()
                .flatMap(driver -> Stream.of(driver, driver + "-driver", "dispatch-events-" + driver))
                .anyMatch(name::equals);
    }

    /** {@code registry:5000/folder/name:tag@digest} is {@code name}. */
    private static String name(String image) {
        String path = image.strip().replaceFirst("@.*$", "");
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst(":.*$", "");
    }

    private List<Path> folders() throws IOException {
        List<Path> drivers = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(drivers::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        drivers.removeIf(driver -> !Files.isRegularFile(driver.resolve(DESCRIPTION)));
        drivers.sort(null);
        return drivers;
    }

    private static Properties read(Path file) throws IOException {
        Properties description = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            description.load(reader);
        }
        return description;
    }
}
