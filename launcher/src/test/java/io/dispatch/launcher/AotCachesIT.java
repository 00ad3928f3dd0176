package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.database.ServiceRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesIT {

    @TempDir
    Path folder;

    private final List<String> news = new ArrayList<>();

    @Test
    void makesACacheThatTheNextStartUses() throws Exception {
        try (DataFolder data = DataFolder.open(folder.resolve("data"));
                AppCache cache = new AppCache(folder.resolve("cache"))) {
            App app = eventManager(cache);
            assertThat(app.command(folder)).noneMatch(argument -> argument.startsWith("-XX:AOTCache="));

            boolean made = new AotCaches(settings(data), data, news::add).make(Map.of(app.service(), app));

            assertThat(made).isTrue();
            assertThat(app.command(folder)).contains("-XX:AOTCache=" + app.aotCache());
            assertThat(app.folder().resolve("training.aot")).doesNotExist();
        }
    }

    @Test
    void saysWhichServiceWillStartSlowly() throws Exception {
        try (DataFolder data = DataFolder.open(folder.resolve("data"));
                AppCache cache = new AppCache(folder.resolve("cache"))) {
            App app = eventManager(cache);
            Files.writeString(app.folder().resolve("event-manager-app.jar"), "no jar");

            boolean made = new AotCaches(settings(data), data, news::add).make(Map.of(app.service(), app));

            assertThat(made).isFalse();
            assertThat(news).last().asString().startsWith("event-manager will start slowly");
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
