package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, on two replicas with one database (contract section 10.3). */
class PoliciesIT {

    private static final TestAccount ROOT = TestAccount.of("root");
    private static final TestAccount WRITER = TestAccount.of("acme/writer");
    private static final TestAccount READER = TestAccount.of("acme/reader");
    private static final TestAccount NAMESAKE = TestAccount.of("globex/reader");
    private static final TestAccount OWNER = TestAccount.of("acme/owner");
    private static final TestAccount MIXED = TestAccount.of("acme/mixed");
    private static final TestAccount OPERATOR = TestAccount.of("acme/operator");
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);

    private static RunningGateway gateway;
    private static RunningGateway replica;
    private static Administrator root;

    @BeforeAll
    static void start() throws Exception {
        String[] settings = {
            "--dispatch.gateway.bootstrap-user=root", "--dispatch.gateway.bootstrap-public-key=" + ROOT.publicKey()
        };
        gateway = RunningGateway.start(settings);
        replica = RunningGateway.startOn(gateway.database(), settings);
        root = new Administrator(gateway, ROOT);
        root.makeOrganization("acme");
        root.makeOrganization("globex");
        for (TestAccount account : new TestAccount[] {WRITER, READER, OWNER, OPERATOR, MIXED}) {
            root.makeAccount("acme", account);
        }
        root.makeAccount("globex", NAMESAKE);
        root.makePolicy("acme", "writers", "writer", "event secret", "create update");
        root.makePolicy("acme", "readers", "reader", "*", "get");
        root.makePolicy("acme", "owners", "owner", "*", "*");
        root.makePolicy("acme", "mixed-event", "nobody mixed", "event", "get");
        root.makePolicy("acme", "mixed-secret", "mixed", "secret runs", "create delete");
        root.makePolicy("globex", "guests", "acme/reader", "event", "get");
        root.makeGlobalPolicy("acme", "operators", "operator", "*", "*");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        replica.close();
    }

    @BeforeEach
    void reset() {
        gateway.upstream().answers(null);
    }

    private static int status(RunningGateway of, TestAccount who, String organization, String method, String path)
            throws Exception {
        return of.send(of.request(path)
                        .header("Authorization", who.bearer())
                        .header("X-Dispatch-Org", organization)
                        .method(method, BodyPublishers.noBody()))
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "writer, acme, POST, /v1/event, 202",
        "writer, acme, POST, /v1/event/subscriptions, 200",
        "writer, acme, PUT, /v1/secret/a, 200",
        "writer, acme, GET, /v1/event/subscriptions, 403",
        "writer, acme, DELETE, /v1/secret/a, 403",
        "writer, acme, POST, /v1/function, 403",
        "writer, globex, POST, /v1/event, 403",
        "writer, nowhere, POST, /v1/event, 403",
        "reader, acme, GET, /v1/runs, 200",
        "reader, acme, POST, /v1/runs, 403",
        "reader, acme, POST, /v1/event/subscriptions/a/explain, 200",
        "reader, acme, POST, /v1/event/explain, 200",
        "writer, acme, POST, /v1/event/explain, 403",
        "reader, globex, GET, /v1/event/subscriptions, 200",
        "reader, globex, GET, /v1/secret, 403",
        "namesake, globex, GET, /v1/event/subscriptions, 403",
        "namesake, acme, GET, /v1/event/subscriptions, 403",
        "mixed, acme, GET, /v1/event/drivers, 200",
        "mixed, acme, POST, /v1/event/drivers, 403",
        "mixed, acme, POST, /v1/secret, 200",
        "mixed, acme, DELETE, /v1/secret/a, 200",
        "mixed, acme, GET, /v1/secret/a, 403",
        "mixed, acme, PUT, /v1/secret/a, 403",
        "mixed, acme, POST, /v1/runs, 200",
        "mixed, acme, POST, /v1/function, 403",
        "owner, acme, DELETE, /v1/secret/a, 200",
        "owner, globex, GET, /v1/secret, 403",
        "operator, acme, DELETE, /v1/secret/a, 200",
        "operator, globex, DELETE, /v1/secret/a, 200",
        "operator, nowhere, GET, /v1/secret, 403",
        "root, acme, GET, /v1/iam/policy, 200",
        "root, acme, GET, /v1/secret, 403",
        "root, acme, POST, /v1/event, 403",
        "root, UNSET, GET, /home, 200",
        "writer, acme, GET, /home, 200",
        "writer, nowhere, GET, /home, 403",
    })
    void onlyWhatAPolicyAllowsIsDone(String who, String organization, String method, String path, int status)
            throws Exception {
        assertThat(status(gateway, account(who), organization, method, path)).isEqualTo(status);
        assertThat(gateway.upstream().received()).hasSize(status < 300 && !isOwn(path) ? 1 : 0);
    }

    private static boolean isOwn(String path) {
        return path.equals("/home") || path.startsWith("/v1/iam");
    }

    private static TestAccount account(String who) {
        return switch (who) {
            case "writer" -> WRITER;
            case "reader" -> READER;
            case "namesake" -> NAMESAKE;
            case "owner" -> OWNER;
            case "mixed" -> MIXED;
            case "operator" -> OPERATOR;
            case "root" -> ROOT;
            default -> throw new IllegalArgumentException(who);
        };
    }

    @Test
    void aServiceIsToldWhatTheCallerMayDoAndForWhom() throws Exception {
        status(gateway, WRITER, "acme", "POST", "/v1/event/subscriptions");

        Upstream.Received received = gateway.upstream().last();
        assertThat(received.subject()).isEqualTo("acme/writer");
        assertThat(received.organization()).isEqualTo("acme");
        assertThat(received.scope())
                .containsExactlyInAnyOrder("event:create", "event:update", "secret:create", "secret:update");
    }

    @Test
    void aRefusalNamesWhoWhatAndWhere() throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/secret")
                .header("Authorization", WRITER.bearer())
                .header("X-Dispatch-Org", "globex"));

        assertThat(RunningGateway.body(answer).path("message").asString())
                .isEqualTo("acme/writer may not get secret in organization globex: no policy allows it");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/event/subscriptions, POST, 202",
        "/v1/event/subscriptions?tags=app%3Da, POST, 202",
        "/v1/event/subscriptions, GET, 403",
        "/v1/secret/a/../b, PUT, 403",
        "/, GET, 202",
        "/echo, GET, 202",
    })
    void anIngressMayAskForThem(String path, String method, int status) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/iam/auth")
                .header("Authorization", WRITER.bearer())
                .header("X-Auth-Request-Redirect", path)
                .header("X-Original-Method", method));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
        if (status == 202) {
            assertThat(answer.headers().firstValue("X-Dispatch-Org")).hasValue("acme");
        }
    }

    @Test
    void anOrganizationsOwnerReachesNothingBeyondIt() throws Exception {
        Administrator owner = new Administrator(gateway, OWNER);
        String everything = Administrator.policy("mine", true, "owner", "*", "*");
        String stolenKey = Administrator.json(TestAccount.of("acme/operator"));
        String operators = Administrator.policy("operators", false, "owner", "*", "*");

        assertThat(owner.call("POST", "/v1/iam/organization", "acme", "{\"name\":\"mine\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(owner.call("DELETE", "/v1/iam/organization/globex", "acme", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(owner.call("GET", "/v1/iam/organization/globex", "acme", "").statusCode())
                .isEqualTo(404);
        assertThat(owner.call("GET", "/v1/iam/organization", "acme", "").body())
                .contains("acme")
                .doesNotContain("globex");
        assertThat(owner.call("POST", "/v1/iam/policy", "acme", everything).statusCode())
                .isEqualTo(403);
        assertThat(owner.call("PUT", "/v1/iam/policy/operators", "acme", operators)
                        .statusCode())
                .isEqualTo(403);
        assertThat(owner.call("DELETE", "/v1/iam/policy/operators", "acme", "").statusCode())
                .isEqualTo(403);
        assertThat(owner.call("PUT", "/v1/iam/serviceaccount/operator", "acme", stolenKey)
                        .statusCode())
                .isEqualTo(403);
        assertThat(owner.call("DELETE", "/v1/iam/serviceaccount/operator", "acme", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(owner.call("GET", "/v1/iam/serviceaccount/reader", "globex", "")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPlatformAdministratorMakesOrganizations() throws Exception {
        Administrator operator = new Administrator(gateway, OPERATOR);

        assertThat(operator.call("POST", "/v1/iam/organization", "acme", "{\"name\":\"initech\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(operator.call("GET", "/v1/iam/organization", "acme", "").body())
                .contains("acme", "globex", "initech");
    }

    @Test
    void nobodyDeletesTheOrganizationTheyAreIn() throws Exception {
        Administrator operator = new Administrator(gateway, OPERATOR);
        root.makeOrganization("umbrella");

        HttpResponse<String> own = operator.call("DELETE", "/v1/iam/organization/acme", "acme", "");
        HttpResponse<String> another = operator.call("DELETE", "/v1/iam/organization/umbrella", "acme", "");

        assertThat(own.statusCode()).isEqualTo(409);
        assertThat(RunningGateway.body(own).path("message").asString())
                .startsWith("organization acme holds the account operator that asks");
        assertThat(operator.call("GET", "/v1/iam/organization/acme", "acme", "").statusCode())
                .isEqualTo(200);
        assertThat(another.statusCode()).isEqualTo(200);
    }

    @Test
    void aDeletedAccountIsShutOutEverywhere() throws Exception {
        TestAccount leaver = TestAccount.of("acme/leaver");
        root.makeAccount("acme", leaver);
        root.makePolicy("acme", "leavers", "leaver", "event", "get");
        awaitStatus(replica, leaver, 200);

        root.call("DELETE", "/v1/iam/serviceaccount/leaver", "acme", "");

        assertThat(status(gateway, leaver, "acme", "GET", "/v1/event/subscriptions"))
                .isEqualTo(401);
        awaitStatus(replica, leaver, 401);
    }

    @Test
    void anOldKeyIsShutOutEverywhere() throws Exception {
        TestAccount before = TestAccount.of("acme/renewed");
        root.makeAccount("acme", before);
        root.makePolicy("acme", "renewed", "renewed", "event", "get");
        awaitStatus(replica, before, 200);
        TestAccount after = TestAccount.of("acme/renewed");

        root.call("PUT", "/v1/iam/serviceaccount/renewed", "acme", Administrator.json(after));

        assertThat(status(gateway, before, "acme", "GET", "/v1/event/subscriptions"))
                .isEqualTo(401);
        assertThat(status(gateway, after, "acme", "GET", "/v1/event/subscriptions"))
                .isEqualTo(200);
        awaitStatus(replica, before, 401);
        awaitStatus(replica, after, 200);
    }

    @Test
    void aDeletedPolicyAllowsNothingAnywhere() throws Exception {
        TestAccount demoted = TestAccount.of("acme/demoted");
        root.makeAccount("acme", demoted);
        root.makePolicy("acme", "demoted", "demoted", "event", "get");
        awaitStatus(replica, demoted, 200);

        root.call("DELETE", "/v1/iam/policy/demoted", "acme", "");

        assertThat(status(gateway, demoted, "acme", "GET", "/v1/event/subscriptions"))
                .isEqualTo(403);
        awaitStatus(replica, demoted, 403);
    }

    @Test
    void aDeletedOrganizationTakesItsAccountsWithIt() throws Exception {
        TestAccount orphan = TestAccount.of("umbrella/orphan");
        root.makeOrganization("umbrella");
        root.makeAccount("umbrella", orphan);
        root.makePolicy("umbrella", "all", "orphan", "*", "*");
        await().atMost(REVOKED_WITHIN).until(() -> status(replica, orphan, "umbrella", "GET", "/v1/secret") == 200);

        root.call("DELETE", "/v1/iam/organization/umbrella", "umbrella", "");

        assertThat(status(gateway, orphan, "umbrella", "GET", "/v1/secret")).isEqualTo(401);
        await().atMost(REVOKED_WITHIN).until(() -> status(replica, orphan, "umbrella", "GET", "/v1/secret") == 401);
    }

    private static void awaitStatus(RunningGateway of, TestAccount who, int status) {
        await().atMost(REVOKED_WITHIN).until(() -> status(of, who, "acme", "GET", "/v1/event/subscriptions") == status);
    }
}
