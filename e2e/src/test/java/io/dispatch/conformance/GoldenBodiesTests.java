package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.driver.Driver;
import io.dispatch.contracts.driver.DriverType;
import io.dispatch.contracts.function.Function;
import io.dispatch.contracts.iam.Organization;
import io.dispatch.contracts.iam.Policy;
import io.dispatch.contracts.iam.ServiceAccount;
import io.dispatch.contracts.image.BaseImage;
import io.dispatch.contracts.image.Image;
import io.dispatch.contracts.run.Run;
import io.dispatch.contracts.secret.Secret;
import io.dispatch.contracts.subscription.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the services answer, by their golden files, is what a client reads by the same records, with nothing lost. */
class GoldenBodiesTests {

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("e2e", "subscription-answer", Subscription.class),
                Arguments.of("e2e", "image-answer", Image.class),
                Arguments.of("e2e", "organization-answer", Organization.class),
                Arguments.of("e2e", "policy-answer", Policy.class),
                Arguments.of("e2e", "service-account-answer", ServiceAccount.class),
                Arguments.of("e2e", "error-answer", ErrorBody.class),
                Arguments.of("driver-manager", "driver-type-answer", DriverType.class),
                Arguments.of("driver-manager", "driver-answer", Driver.class),
                Arguments.of("driver-manager", "secret-answer", Secret.class),
                Arguments.of("function-invoker", "function-answer", Function.class),
                Arguments.of("function-invoker", "base-image-answer", BaseImage.class),
                Arguments.of("function-invoker", "run-of-an-event", Run.class),
                Arguments.of("function-invoker", "direct-run-that-failed", Run.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isReadAndWrittenAgainWithNothingLost(String module, String file, Class<?> type) throws IOException {
        String golden = Files.readString(Path.of("..", module, "src", "test", "resources", "golden", file + ".json"))
                .replaceAll("\"(UUID)?\"(?=[,\\s])", "\"00000000-0000-4000-8000-000000000000\"");

        Object body = Wire.JSON.readValue(golden, type);

        assertThat(Wire.JSON.readTree(Wire.JSON.writeValueAsString(body))).isEqualTo(Wire.JSON.readTree(golden));
    }
}
