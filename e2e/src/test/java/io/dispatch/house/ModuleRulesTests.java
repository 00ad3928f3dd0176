package io.dispatch.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see whom. */
class ModuleRulesTests {

    private static final Map<String, String> PRIVATE_SCHEMAS = Map.of(
            "event-manager", "event_manager",
            "function-invoker", "function_invoker",
            "driver-manager", "driver_manager",
            "api-gateway", "api_gateway");

    private static final List<String> SERVICES = List.of(
            "io.dispatch.eventmanager..",
            "io.dispatch.functioninvoker..",
            "io.dispatch.drivermanager..",
            "io.dispatch.apigateway..");

    @Test
    void servicesNeverSeeEachOther() {
        for (String service : SERVICES) {
            String[] others =
                    SERVICES.stream().filter(other -> !other.equals(service)).toArray(String[]::new);

            noClasses()
                    .that()
                    .resideInAPackage(service)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("what one service needs of another is published in the database")
                    .check(House.MAIN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.dispatch.contracts..",
                "io.dispatch.http..",
                "io.dispatch.database..",
                "io.dispatch.postgresql..",
                "io.dispatch.workloads..",
                "io.dispatch.vault..",
                "io.dispatch.eventlog..",
                "io.dispatch.driver.."
            })
    void sharedModulesKnowNoService(String module) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES.toArray(String[]::new))
                .because("a shared module offers one capability and knows nobody who uses it")
                .check(House.MAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.dispatch.contracts..",
                "io.dispatch.postgresql..",
                "io.dispatch.workloads..",
                "io.dispatch.launcher..",
                "io.dispatch.cli..",
                "io.dispatch.driver"
            })
    void theseDoWithoutSpring(String module) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("they run where no Spring is")
                .check(House.MAIN);
    }

    @Test
    void theWireKnowsOnlyItself() {
        noClasses()
                .that()
                .resideInAPackage("io.dispatch.contracts..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are of another module of ours",
                        type -> type.getPackageName().startsWith("io.dispatch.")
                                && !type.getPackageName().startsWith("io.dispatch.contracts")))
                .because("everybody depends on the wire")
                .check(House.MAIN);
    }

    @Test
    void nobodyNamesAPrivateTableOfAnotherService() {
        PRIVATE_SCHEMAS.forEach((module, schema) -> {
            Pattern table = Pattern.compile("\\b(from|join|into|update|table)\\s+" + schema + "\\.");
            List<Path> strangers = House.sources("/src/main/java/").stream()
                    .filter(source -> !source.startsWith(House.ROOT.resolve(module)))
                    .filter(source -> table.matcher(House.text(source)).find())
                    .toList();

            assertThat(strangers)
                    .as("only %s reads the tables of schema %s; what others need is published", module, schema)
                    .isEmpty();
        });
    }

    @Test
    void featuresOfAServiceFormNoCycle() {
        for (String service : SERVICES) {
            slices().matching(service.replace("..", ".(*).."))
                    .should()
                    .beFreeOfCycles()
                    .check(House.MAIN);
        }
    }

    @Test
    void thereIsNoReactiveType() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.reactivestreams..", "java.util.concurrent.Flow..")
                .because("plain blocking Java on virtual threads is easier to read, to test and to interrupt")
                .check(House.MAIN);
    }

    @Test
    void theDataPathHasNoEntity() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.dispatch.eventlog..",
                        "io.dispatch.eventmanager.event..",
                        "io.dispatch.functioninvoker.delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.springframework.data.jpa..")
                .because("events, deliveries and runs are batches of rows in visible SQL")
                .check(House.MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(new com.tngtech.archunit.lang.ArchCondition<>("be in a package marked @NullMarked") {
                    @Override
                    public void check(
                            com.tngtech.archunit.core.domain.JavaClass type,
                            com.tngtech.archunit.lang.ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                        events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(
                                type, marked, type.getPackageName() + " has no package-info.java with @NullMarked"));
                    }
                })
                .because("NullAway checks marked packages only")
                .check(House.MAIN);
    }

    @Test
    void noPackageIsAShelf() {
        List<String> shelves = List.of("common", "core", "util", "utils", "helper", "helpers", "base", "impl", "misc");

        assertThat(House.MAIN.stream()
                        .map(type -> type.getPackageName())
                        .distinct()
                        .filter(name -> Arrays.stream(name.split("\\.")).anyMatch(shelves::contains)))
                .as("a package is named after what it is about")
                .isEmpty();
    }
}
