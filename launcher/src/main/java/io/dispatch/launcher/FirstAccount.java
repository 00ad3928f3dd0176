package io.dispatch.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The account that {@code --auth} makes, by way of the bootstrap user (contract section 10.5). That user's key lives in
 * memory only, and its folder is emptied as soon as the account can do everything itself.
 */
final class FirstAccount {

    static final String NAME = "default-svc";

    private static final String ISSUER = GatewayClient.ORGANIZATION + "/" + NAME;
    private static final String POLICY = "default-policy";
    private static final String BOOTSTRAP_USER = "bootstrap-user";
    private static final String ACCOUNTS = "/v1/iam/serviceaccount";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final GatewayClient gateway;
    private final Path keyFile;
    private final Path bootstrapFolder;
    private final Clock clock;

    /**
     * @param keyFile holds the account's key, or will
     * @param bootstrapFolder where the gateway looks for a bootstrap user
     */
    FirstAccount(GatewayClient gateway, Path keyFile, Path bootstrapFolder, Clock clock) {
        this.gateway = gateway;
        this.keyFile = keyFile;
        this.bootstrapFolder = bootstrapFolder;
        this.clock = clock;
    }

    /**
     * A token of the account; makes the account first unless it is there and may see accounts.
     *
     * @throws LaunchException if the gateway refuses
     */
    String token() throws InterruptedException {
        AccountKey key = AccountKey.keptIn(keyFile);
        String token = key.token(ISSUER, clock.instant());
        if (gateway.as(token).status(ACCOUNTS) != 200) {
            make(key.publicKey());
            await(token);
        }
        return token;
    }

    private void make(String publicKey) throws InterruptedException {
        AccountKey bootstrapKey = AccountKey.generate();
        try {
            SecretFile.write(bootstrapFolder.resolve("bootstrap_user"), BOOTSTRAP_USER);
            SecretFile.write(bootstrapFolder.resolve("bootstrap_public_key"), bootstrapKey.publicKey());
            String token = bootstrapKey.token(BOOTSTRAP_USER, clock.instant());
            await(token);
            GatewayClient bootstrap = gateway.as(token);
            bootstrap.create("/v1/iam/organization", Map.of("name", GatewayClient.ORGANIZATION));
            bootstrap.createOrReplace(ACCOUNTS, NAME, Map.of("name", NAME, "publicKey", publicKey));
            bootstrap.createOrReplace("/v1/iam/policy", POLICY, policy());
        } catch (IOException e) {
            throw new LaunchException(
                    "The bootstrap user cannot be written to %s: %s.".formatted(bootstrapFolder, e), e);
        } finally {
            empty();
        }
    }

    private static Map<String, Object> policy() {
        Map<String, List<String>> everything =
                Map.of("subjects", List.of(NAME), "resources", List.of("*"), "actions", List.of("*"));
        return Map.of("name", POLICY, "global", true, "rules", List.of(everything));
    }

    /** The gateway looks at its folder and at the accounts once in a while only. */
    private void await(String token) throws InterruptedException {
        Instant deadline = clock.instant().plus(PATIENCE);
        while (gateway.as(token).status(ACCOUNTS) != 200) {
            if (clock.instant().isAfter(deadline)) {
                throw new LaunchException(
                        "The gateway does not take the token of the account it was told of within %d s."
                                .formatted(PATIENCE.toSeconds()));
            }
            Thread.sleep(PAUSE);
        }
    }

    private void empty() {
        try {
            Files.deleteIfExists(bootstrapFolder.resolve("bootstrap_public_key"));
            Files.deleteIfExists(bootstrapFolder.resolve("bootstrap_user"));
        } catch (IOException e) {
            throw new LaunchException(
                    "The bootstrap user is still in %s (%s): empty that folder.".formatted(bootstrapFolder, e), e);
        }
    }
}
