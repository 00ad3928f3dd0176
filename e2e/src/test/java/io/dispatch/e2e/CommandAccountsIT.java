package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With {@code --auth} nobody gets in without a token, and the one that is printed works; the command {@code dispatch} at such a
 * server, and beside others who use it.
 */
class CommandAccountsIT {

    private static final Pattern TOKEN = Pattern.compile("Authorization: Bearer ([\\w.\\-]+)");
    private static final Duration SEEN = Duration.ofSeconds(30);

    private static Product product;
    private static CommandLine admin;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start("command-accounts", "--auth");
        admin = CommandLine.withoutVariables();
        loggedIn(admin, "dispatch/default-svc", product.dataFolder().resolve("account-key.pem"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static void loggedIn(CommandLine user, String account, Path key) throws Exception {
        assertThat(user.says(
                        "login",
                        "--host",
                        "localhost",
                        "--port",
                        product.port(),
                        "--scheme",
                        "http",
                        "--organization",
                        "dispatch",
                        "--service-account",
                        account,
                        "--jwt-private-key",
                        key.toString()))
                .isEqualTo("You have successfully logged in\n");
    }

    @Test
    void thePrintedTokenOpensTheDoorAndNothingElseDoes() throws Exception {
        Matcher printed = TOKEN.matcher(product.said());
        assertThat(printed.find()).as(product.said()).isTrue();

        HttpResponse<String> withToken = product.send(product.request("/v1/event/subscriptions")
                .header("X-Dispatch-Org", "dispatch")
                .header("Authorization", "Bearer " + printed.group(1)));
        HttpResponse<String> withCookie = product.send(product.request("/v1/event/subscriptions")
                .header("X-Dispatch-Org", "dispatch")
                .header("Cookie", "unset"));
        HttpResponse<String> withForgedToken = product.send(product.request("/v1/event/subscriptions")
                .header("X-Dispatch-Org", "dispatch")
                .header("Authorization", "Bearer " + printed.group(1).replaceAll(".....$", "AAAAA")));

        assertThat(withToken.statusCode()).as(withToken.body()).isEqualTo(200);
        assertThat(withCookie.statusCode()).isEqualTo(401);
        assertThat(withForgedToken.statusCode()).isEqualTo(401);
    }

    @Test
    void whoHasLoggedInIsKnownUntilTheyLogOut() throws Exception {
        CommandLine user = CommandLine.withoutVariables();
        Path key = product.dataFolder().resolve("account-key.pem");
        loggedIn(user, "dispatch/default-svc", key);

        String config = Files.readString(user.folder().resolve(".dispatch/config.json"));
        String whoami = user.says("doctor");
        user.says("logout");
        CommandLine.Ended afterwards = user.dispatch("get", "subscription");

        assertThat(config).contains(key.toString()).doesNotContain("PRIVATE KEY");
        assertThat(whoami).contains("credentials:  ok, Welcome, dispatch/default-svc.");
        assertThat(afterwards.status()).isEqualTo(1);
        assertThat(afterwards.err()).startsWith("[Code: 401] ").contains("dispatch login");
    }

    @Test
    void anAccountMayWhatItsPolicySays() throws Exception {
        KeyPair keys = keys();
        admin.write("ci.pub", pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        admin.says("iam", "create", "serviceaccount", "ci", "--public-key", "ci.pub");
        admin.says("iam", "create", "policy", "ci-reads", "-s", "dispatch/ci", "-a", "get,create", "-r", "event");
        CommandLine ci = CommandLine.withoutVariables();
        ci.write("ci.pem", pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        loggedIn(ci, "dispatch/ci", ci.folder().resolve("ci.pem"));

        assertThat(ci.says("emit", "my.event")).isEqualTo("event emitted\n");
        assertThat(ci.dispatch("get", "secret").err())
                .startsWith("[Code: 403] dispatch/ci may not get secret in organization dispatch");

        admin.write("policy.yaml", """
                kind: Policy
                name: ci-reads
                rules:
                - subjects: [dispatch/ci]
                  actions: [get]
                  resources: [secret]
                """);
        assertThat(admin.says("iam", "update", "-f", "policy.yaml")).isEqualTo("Updated Policy: ci-reads\n");
        assertThat(ci.says("get", "secret")).contains("NAME");
        assertThat(ci.dispatch("emit", "my.event").err()).startsWith("[Code: 403] ");

        assertThat(admin.says("iam", "delete", "serviceaccount", "ci")).isEqualTo("Deleted ServiceAccount: ci\n");
        assertThat(ci.dispatch("get", "secret").err()).startsWith("[Code: 401] ");
    }

    @Test
    void aServersFirstAccountIsMadeThroughItsFolder() throws Exception {
        CommandLine operator = CommandLine.withoutVariables();
        Path folder = product.dataFolder().resolve("bootstrap");

        String said = operator.says(
                "manage",
                "bootstrap",
                "--bootstrap-folder",
                folder.toString(),
                "--bootstrap-org",
                "acme",
                "--bootstrap-svc-account",
                "first",
                "--host",
                "localhost",
                "--port",
                product.port(),
                "--scheme",
                "http");

        assertThat(said).contains("Creating Organization: acme", "Creating Service Account: first");
        assertThat(folder).isEmptyDirectory();
        Path key = operator.folder().resolve(".dispatch/acme-first.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(operator.says("iam", "get", "organization", "-o", "name")).contains("acme", "dispatch");
    }

    @Test
    void twoWhoEditTheSameThingLoseNothing() throws Exception {
        admin.says("create", "subscription", "nobody", "--event-type", "my.event", "--name", "edited");
        Path opened = admin.folder().resolve("opened");
        Path late = editor(
                admin,
                "late",
                "touch %s; until [ -e %s.go ]; do sleep 0.1; done; sed -i s/my.event/of.late/"
                        .formatted(opened, opened));
        Path quick = editor(admin, "quick", "sed -i s/my.event/of.quick/");

        try (CommandLine.Running first =
                admin.start(Map.of("EDITOR", late.toString()), "edit", "subscription", "edited")) {
            await("the first to have opened it").atMost(SEEN).until(() -> Files.exists(opened));
            CommandLine.Ended second = admin.start(Map.of("EDITOR", quick.toString()), "edit", "subscription", "edited")
                    .awaitEnd();
            Files.createFile(Path.of(opened + ".go"));

            CommandLine.Ended refused = first.awaitEnd();

            assertThat(second.out()).isEqualTo("Updated Subscription: edited\n");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).startsWith("[Code: 412] ").contains("edit it again; what you wrote is in ");
        }
        assertThat(admin.says("get", "subscription", "edited", "-o", "json")).contains("of.quick");
    }

    @Test
    void whoWatchesSeesWhatComesAndGoes() throws Exception {
        try (CommandLine.Running watching = admin.start(Map.of(), "get", "subscription", "-w")) {
            await("the table").atMost(SEEN).until(() -> watching.printed().contains("EVENT TYPE"));
            admin.says("create", "subscription", "nobody", "--event-type", "a.b", "--name", "seen");
            await("what came").atMost(SEEN).until(() -> watching.printed().contains("seen"));
            admin.says("delete", "subscription", "seen");

            await("what went").atMost(SEEN).until(() -> watching.printed().contains("DELETED"));
        }
    }

    @Test
    void whoFollowsSeesEachRun() throws Exception {
        admin.says("create", "function", "followed", "--command", "hello");
        admin.says("create", "subscription", "followed", "--event-type", "followed.event", "--name", "followed");
        try (CommandLine.Running following = admin.start(Map.of(), "get", "run", "followed", "--follow")) {
            await("the table").atMost(SEEN).until(() -> following.printed().contains("STARTED"));

            admin.says("emit", "followed.event");

            await("the run").atMost(SEEN).until(() -> following.printed().contains("READY"));
        }
    }

    /** A program that does this to the file it is given. */
    private static Path editor(CommandLine user, String name, String does) throws IOException {
        user.write(name, "#!/bin/sh\n%s \"$1\"\n".formatted(does));
        Path editor = user.folder().resolve(name);
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        return editor;
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded), what);
    }
}
