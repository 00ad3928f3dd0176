package io.dispatch.drivermanager;

import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** A test with the whole service running; all of them share one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = DriverManager.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = DriverManagerTest.Settings.class)
@interface DriverManagerTest {

    /** Points the service to the test's database and drivers. */
    final class Settings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        static final Path WORK_FOLDER = Path.of("target", "test-work");

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(properties(TestDatabase.url(), WORK_FOLDER)).applyTo(context);
        }

        /** As {@code name=value}. */
        static List<String> properties(String database, Path workFolder) {
            return List.of(
                    "spring.datasource.url=" + database,
                    "spring.datasource.username=" + ServiceRole.DRIVER_MANAGER.roleName(),
                    "spring.datasource.password=" + TestDatabase.password(ServiceRole.DRIVER_MANAGER),
                    "springdoc.api-docs.enabled=true",
                    "dispatch.local-mode=true",
                    "dispatch.vault.key-file=" + workFolder.resolve("vault-key"),
                    "dispatch.drivers.folder=" + TestDrivers.folder(),
                    "dispatch.drivers.work-folder=" + workFolder.resolve("drivers"),
                    "dispatch.drivers.gateway-url=http://localhost:8080");
        }
    }
}
