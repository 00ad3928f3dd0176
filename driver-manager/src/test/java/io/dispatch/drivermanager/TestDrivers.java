package io.dispatch.drivermanager;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A folder of bundled drivers, laid out as {@code drivers/README.md} says: the cron driver's place is taken by {@link TestDriver}. */
final class TestDrivers {

    private TestDrivers() {}

    static Path folder() {
        Path folder = Path.of("target", "test-drivers");
        Path cron = folder.resolve("cron");
        try {
            Files.createDirectories(cron.resolve("lib"));
            Files.writeString(
                    cron.resolve("driver.properties"),
                    "main-class=%s%nimages=cron, cron-driver, dispatch-events-cron%n"
                            .formatted(TestDriver.class.getName()));
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(cron.resolve("test-driver.jar")));
                    InputStream code = TestDriver.class.getResourceAsStream("TestDriver.class")) {
                jar.putNextEntry(new JarEntry(TestDriver.class.getName().replace('.', '/') + ".class"));
                Objects.requireNonNull(code).transferTo(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
