package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppCacheTests {

    @TempDir
    Path folder;

    @Test
    void unpacksABuildOnce() throws Exception {
        App first = unpackAndClose("one");
        Files.writeString(first.folder().resolve("kept"), "");

        App again = unpackAndClose("one");

        assertThat(again).isEqualTo(first);
        assertThat(again.folder().resolve("kept")).exists();
        assertThat(again.folder().resolve("event-manager-app.jar")).exists();
    }

    @Test
    void aNewBuildTakesThePlaceOfOneThatNobodyRuns() throws Exception {
        App old = unpackAndClose("one");

        App current = unpackAndClose("two");

        assertThat(current.folder()).exists();
        assertThat(old.folder()).doesNotExist();
    }

    @Test
    void aNewBuildLeavesOneThatRunsAlone() throws Exception {
        try (AppCache running = new AppCache(folder.resolve("cache"))) {
            App old = running.unpack(Service.EVENT_MANAGER, build("one"));

            App current = unpackAndClose("two");

            assertThat(current.folder()).exists();
            assertThat(old.folder()).exists();
        }
    }

    private App unpackAndClose(String text) throws Exception {
        try (AppCache cache = new AppCache(folder.resolve("cache"))) {
            return cache.unpack(Service.EVENT_MANAGER, build(text));
        }
    }

    private Path build(String text) throws Exception {
        return StandIn.install(folder.resolve("build"), Service.EVENT_MANAGER, text);
    }
}
