package io.dispatch.drivermanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundledDriversTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron",
                "cron-driver",
                "cron:latest",
                "dispatchframework/cron-driver:0.1",
                "registry.example.com:5000/some/folder/cron-driver",
                "registry.example.com/cron@sha256:0123456789abcdef",
                " cron:1@sha256:0123 "
            })
    void anyRegistryAndTagMeansTheDriver(String image) throws IOException {
        describe("cron", "main-class=org.example.Cron\nimages = cron, cron-driver\n");

        assertThat(new BundledDrivers(folder).find(image))
                .isEqualTo(new BundledDrivers.Lookup.Found(folder.resolve("cron"), "org.example.Cron"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cron2", "cron/other", "example.com/ticker", "Cron"})
    void anotherImageNeedsKubernetes(String image) throws IOException {
        describe("cron", "main-class=org.example.Cron\nimages=cron\n");

        assertThat(new BundledDrivers(folder).find(image))
                .isInstanceOfSatisfying(
                        BundledDrivers.Lookup.NotFound.class,
                        notFound -> assertThat(notFound.reason())
                                .startsWith("NeedsKubernetes: image " + image)
                                .endsWith("[cron]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vcenter", "dispatch-events-azure-eventgrid:1", "aws-driver", "x/dispatch-events-cloudevents"})
    void aDriverOfOursThatIsNotThereIsNotAvailable(String image) throws IOException {
        assertThat(new BundledDrivers(folder).find(image))
                .isInstanceOfSatisfying(
                        BundledDrivers.Lookup.NotFound.class,
                        notFound -> assertThat(notFound.reason()).startsWith("NotAvailable: "));
    }

    @Test
    void aDriverThatIsAddedIsThereAtOnce() throws IOException {
        BundledDrivers drivers = new BundledDrivers(folder.resolve("later"));
        assertThat(drivers.find("cron")).isInstanceOf(BundledDrivers.Lookup.NotFound.class);

        describe("later/cron", "main-class=org.example.Cron\nimages=cron\n");

        assertThat(drivers.find("cron")).isInstanceOf(BundledDrivers.Lookup.Found.class);
    }

    @Test
    void aDescriptionWithoutAMainClassIsNoDriver() throws IOException {
        describe("cron", "images=cron\n");

        assertThat(new BundledDrivers(folder).find("cron")).isInstanceOf(BundledDrivers.Lookup.NotFound.class);
    }

    private void describe(String driver, String description) throws IOException {
        Files.createDirectories(folder.resolve(driver));
        Files.writeString(folder.resolve(driver).resolve("driver.properties"), description);
    }
}
