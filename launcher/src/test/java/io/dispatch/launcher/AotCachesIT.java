package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.database.ServiceRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesIT {

    private static final QuietMachine QUIET = new QuietMachine(() -> 0, Duration.ofMillis(1));
    private static final QuietMachine BUSY = new QuietMachine(() -> 1, Duration.ofMillis(1));

    @TempDir
    Path folder;

    @Test
    void makesACacheThatTheNextStartUses() throws Exception {
        try (DataFolder data = DataFolder.open(folder.resolve("data"));
                AppCache cache = new AppCache(folder.resolve("cache"))) {
            App app = eventManager(cache);
            assertThat(app.command(folder)).noneMatch(argument -> argument.startsWith("-XX:AOTCache="));

            try (AotCaches _ = AotCaches.start(Map.of(app.service(), app), settings(data), data, QUIET)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(app.aotCache()));
            }

            assertThat(app.command(folder)).contains("-XX:AOTCache=" + app.aotCache());
            assertThat(app.folder().resolve("training.aot")).doesNotExist();
        }
    }

    @Test
    void leavesABusyMachineAlone() throws Exception {
        try (DataFolder data = DataFolder.open(folder.resolve("data"));
                AppCache cache = new AppCache(folder.resolve("cache"))) {
            App app = eventManager(cache);

            AotCaches.start(Map.of(app.service(), app), settings(data), data, BUSY)
                    .close();

            assertThat(app.aotCache()).doesNotExist();
        }
    }

    private App eventManager(AppCache cache) throws Exception {
        Path jar = StandIn.install(folder.resolve("build"), Service.EVENT_MANAGER, "any");
        return cache.unpack(Service.EVENT_MANAGER, jar);
    }

    private ServiceSettings settings(DataFolder data) {
        Map<ServiceRole, String> passwords = Arrays.stream(ServiceRole.values())
                .collect(Collectors.toMap(Function.identity(), ServiceRole::roleName));
        return new ServiceSettings(
                new Settings(8080, folder, null, folder, false, false, false),
                new Installation(folder),
                data,
                Ports.pick(0),
                "jdbc:postgresql://127.0.0.1/none",
                passwords);
    }
}
