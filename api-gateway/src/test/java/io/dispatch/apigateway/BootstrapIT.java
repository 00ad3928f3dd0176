package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the first account comes to be without an open door (contract section 10.5). */
class BootstrapIT {

    private static final TestAccount ROOT = TestAccount.of("root");
    private static final TestAccount FIRST = TestAccount.of("dispatch/default-svc");

    @Test
    void aMountedFolderOpensTheDoorForTheFirstAccountUntilItIsEmptied(@TempDir Path folder) throws Exception {
        try (RunningGateway gateway = RunningGateway.start("--dispatch.gateway.bootstrap-folder=" + folder)) {
            Administrator root = new Administrator(gateway, ROOT);
            assertThat(home(root, "UNSET").statusCode()).isEqualTo(401);

            Files.writeString(folder.resolve("bootstrap_user"), "root\n");
            Files.writeString(folder.resolve("bootstrap_public_key"), ROOT.publicKey());
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> home(root, "UNSET").statusCode() == 200);

            root.makeOrganization("dispatch");
            root.makeAccount("dispatch", FIRST);
            root.makeGlobalPolicy("dispatch", "default-policy", "default-svc", "*", "*");
            Files.delete(folder.resolve("bootstrap_user"));
            Files.delete(folder.resolve("bootstrap_public_key"));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> home(root, "UNSET").statusCode() == 401);

            Administrator first = new Administrator(gateway, FIRST);
            assertThat(home(first, "dispatch").statusCode()).isEqualTo(200);
            assertThat(first.call("POST", "/v1/iam/organization", "dispatch", "{\"name\":\"acme\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(first.call("GET", "/v1/secret", "acme", "").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> home(Administrator who, String organization) throws Exception {
        return who.call("GET", "/home", organization, "");
    }
}
