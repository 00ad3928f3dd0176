package io.dispatch.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a class may look like. */
class ClassRulesTests {

    private static final int MOST_LINES = 400;
    private static final int MOST_COLLABORATORS = 5;
    private static final Pattern EMPTY_NAME =
            Pattern.compile("(Util|Utils|Helper|Common|Impl|Base|Processor|Dto|Manager)$");
    private static final List<String> SERVICE_MAINS = List.of("EventManager", "DriverManager");

    @Test
    void aNameSaysWhatTheClassIs() {
        assertThat(topLevel()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !SERVICE_MAINS.contains(name))
                        .filter(name -> EMPTY_NAME.matcher(name).find()))
                .isEmpty();
    }

    @Test
    void aPublicTypeIsUsedOutsideItsPackage() {
        assertThat(topLevel()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !isForTests(type))
                        .filter(type -> !isForOthers(type))
                        .filter(type -> !isEntryPoint(type))
                        .filter(type -> !isOnlyConstants(type))
                        .filter(type -> type.getDirectDependenciesToSelf().stream()
                                .noneMatch(use ->
                                        !use.getOriginClass().getPackageName().equals(type.getPackageName())))
                        .filter(type -> topLevel().noneMatch(other -> offers(other, type)))
                        .map(JavaClass::getName))
                .as("public is earned: make these package-private")
                .isEmpty();
    }

    @Test
    void aClassHasAtMostFiveCollaborators() {
        assertThat(topLevel()
                        .filter(type -> !type.isRecord())
                        .filter(type -> type.getConstructors().stream()
                                .anyMatch(constructor -> constructor.getRawParameterTypes().stream()
                                                .filter(parameter -> !isValue(parameter))
                                                .count()
                                        > MOST_COLLABORATORS))
                        .map(JavaClass::getName))
                .as("more than five collaborators are two classes")
                .isEmpty();
    }

    @Test
    void aSourceFileFitsOnAFewScreens() {
        assertThat(House.sources("/src/").stream()
                        .filter(source -> House.text(source).lines().count() > MOST_LINES)
                        .map(source -> House.ROOT.relativize(source).toString()))
                .as("split these by reason to change")
                .isEmpty();
    }

    @Test
    void anInterfaceHasTwoImplementations() {
        assertThat(topLevel()
                        .filter(JavaClass::isInterface)
                        .filter(type -> !type.isAnnotation())
                        .filter(type -> !isForOthers(type))
                        .filter(type -> !type.isAssignableTo("org.springframework.data.repository.Repository"))
                        .filter(type -> type.getAllSubclasses().stream()
                                        .filter(implementation -> !implementation.isInterface())
                                        .count()
                                < 2)
                        .filter(type -> !type.isAnnotatedWith(FunctionalInterface.class))
                        .map(JavaClass::getName))
                .as("an interface appears with its second implementation")
                .isEmpty();
    }

    @Test
    void timeAndChanceComeFromOutside() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dispatch.testing..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.OffsetDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
                .because("a test moves the clock and the dice; pass " + Clock.class.getName())
                .check(House.MAIN);
    }

    @Test
    void collaboratorsComeThroughTheConstructor() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .because("a field that is injected cannot be final")
                .check(House.MAIN);
    }

    @Test
    void testsWaitForConditionsAndNeverSleep() {
        assertThat(House.sources("/src/test/java/").stream()
                        .filter(source -> !source.toString().contains("/house/"))
                        .filter(source -> House.text(source).contains("Thread.sleep("))
                        .map(source -> House.ROOT.relativize(source).toString()))
                .isEmpty();
    }

    @Test
    void nothingIsLeftBehind() {
        Pattern leftOver = Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled|printStackTrace\\(");

        assertThat(House.sources("/src/").stream()
                        .filter(source -> !source.toString().contains("/house/"))
                        .filter(source -> leftOver.matcher(House.text(source)).find())
                        .map((Path source) -> House.ROOT.relativize(source).toString()))
                .isEmpty();
    }

    private static Stream<JavaClass> topLevel() {
        return House.MAIN.stream().filter(House::isTopLevel);
    }

    private static boolean isForTests(JavaClass type) {
        return type.getPackageName().startsWith("io.dispatch.testing");
    }

    /** What is in the class file of whoever uses it, without a trace of where it came from. */
    private static boolean isOnlyConstants(JavaClass type) {
        return !type.getFields().isEmpty()
                && type.getMethods().isEmpty()
                && type.getFields().stream()
                        .allMatch(field -> field.getModifiers().contains(JavaModifier.STATIC));
    }

    /** Whether a public type of the same package names the other in what it offers to the outside. */
    private static boolean offers(JavaClass owner, JavaClass type) {
        return owner.getModifiers().contains(JavaModifier.PUBLIC)
                && !owner.equals(type)
                && owner.getPackageName().equals(type.getPackageName())
                && owner.getCodeUnits().stream()
                        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(unit -> Stream.concat(
                                unit.getReturnType().getAllInvolvedRawTypes().stream(),
                                unit.getParameterTypes().stream()
                                        .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream())))
                        .anyMatch(type::equals);
    }

    /** A number, a text, a time, a list: what is handed in to be kept, not to be called upon. */
    private static boolean isValue(JavaClass type) {
        return type.isPrimitive()
                || type.isArray()
                || type.isEnum()
                || type.isRecord()
                || type.getPackageName().startsWith("java.lang")
                || (type.getPackageName().startsWith("java.time") && !type.isEquivalentTo(Clock.class))
                || type.isAssignableTo(java.util.Collection.class)
                || type.isAssignableTo(java.util.Map.class)
                || type.isEquivalentTo(java.util.UUID.class);
    }

    /** Started by the JVM or found by Spring or JPA, not called by name. */
    private static boolean isEntryPoint(JavaClass type) {
        return type.getMethods().stream().anyMatch(method -> method.getName().equals("main"));
    }

    /** What drivers are built with is public for those who write drivers elsewhere. */
    private static boolean isForOthers(JavaClass type) {
        return type.getPackageName().equals("io.dispatch.driver");
    }
}
