package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Contract sections 3.1 and 3.2: each rule of a field, with values just inside and just outside. */
@ExtendWith(StrictDispatch.class)
class FieldRulesIT {

    private static final String SUBSCRIPTIONS = "/v1/event/subscriptions";
    private static final String DRIVER_TYPES = "/v1/event/drivertypes";
    private static final String DRIVERS = "/v1/event/drivers";
    private static final String ORGANIZATIONS = "/v1/iam/organization";
    private static final String ACCOUNTS = "/v1/iam/serviceaccount";
    private static final String POLICIES = "/v1/iam/policy";

    private static final Map<String, String> BODIES = Map.of(
            SUBSCRIPTIONS,
            "{\"name\":\"n\",\"eventType\":\"a\",\"function\":\"f\"}",
            DRIVER_TYPES,
            "{\"name\":\"n\",\"image\":\"i\"}",
            DRIVERS,
            "{\"name\":\"n\",\"type\":\"t\"}",
            "/v1/secret",
            "{\"name\":\"n\",\"secrets\":{\"k\":\"v\"}}",
            "/v1/function",
            "{\"name\":\"n\",\"endpoint\":\"http://127.0.0.1:9/\"}",
            "/v1/baseimage",
            "{\"name\":\"n\",\"dockerUrl\":\"d\",\"language\":\"l\"}",
            "/v1/image",
            "{\"name\":\"n\",\"baseImageName\":\"b\"}",
            ORGANIZATIONS,
            "{\"name\":\"%s\"}".formatted("n-" + UUID.randomUUID()),
            ACCOUNTS,
            "{\"name\":\"n\",\"publicKey\":\"%s\"}".formatted(publicKey()),
            POLICIES,
            "{\"name\":\"n\",\"rules\":[{\"subjects\":[\"s\"],\"resources\":[\"event\"],\"actions\":[\"get\"]}]}");

    private static final String NAME_RULE =
            "name should start with letter or number and may only contain letters, numbers, underscores and dashes";
    private static final String DRIVER_RULE = "name should start and end with lower case letter or number and may only"
            + " contain lower case letters, numbers, dashes and dots";
    private static final String STATUS_RULE =
            "status in body should be one of [INITIALIZED CREATING READY UPDATING ERROR DELETING]";
    private static final String AN_ID = "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e77";

    private final Wire wire;

    FieldRulesIT(Wire wire) {
        this.wire = wire;
    }

    /**
     * A rule.
     *
     * @param inside values that pass
     * @param outside values that do not
     */
    record Rule(String path, String field, List<String> inside, List<String> outside, int code, String message) {
        @Override
        public String toString() {
            return "%s %s %d".formatted(path, field, code);
        }
    }

    static Stream<Rule> rules() {
        Stream<Rule> names = Stream.of(SUBSCRIPTIONS, DRIVER_TYPES, "/v1/secret", "/v1/function", POLICIES)
                .map(path -> new Rule(
                        path,
                        "name",
                        List.of("a", "7", "_", "aZ0_9-", "a-"),
                        List.of("", "-", "-a", "a b", "a.b", "ü", "a\u0663", "a\n", "a\r\n", "\na"),
                        605,
                        NAME_RULE));
        Stream<Rule> lengths = Stream.of(
                        SUBSCRIPTIONS, DRIVERS, "/v1/secret", "/v1/function", POLICIES, ACCOUNTS, ORGANIZATIONS)
                .map(path -> tooLong(path, "name", 253));
        Stream<Rule> kinds = BODIES.keySet().stream()
                .map(path -> new Rule(
                        path,
                        "kind",
                        List.of("Any_Kind-7", ""),
                        List.of("a b", "a.b", "ü", "a\n"),
                        605,
                        "kind in body should match '^[\\w\\d\\-]+$'"));
        Stream<Rule> statuses = BODIES.keySet().stream()
                .filter(path -> !path.equals(DRIVER_TYPES) && !path.equals("/v1/secret"))
                .map(path -> new Rule(
                        path,
                        "status",
                        List.of("INITIALIZED", "CREATING", "READY", "UPDATING", "ERROR", "DELETING", ""),
                        List.of("DELETED", "MISSING", "UNKNOWN", "ready", "0"),
                        606,
                        STATUS_RULE));
        Stream<Rule> ids = BODIES.keySet().stream()
                .filter(path -> !path.equals(DRIVER_TYPES) && !path.equals(DRIVERS))
                .flatMap(path -> Stream.of("7", AN_ID.substring(1), AN_ID + "0", AN_ID.replace('f', 'g'))
                        .map(id -> new Rule(
                                path,
                                "id",
                                List.of(AN_ID, ""),
                                List.of(id),
                                601,
                                "id in body must be of type uuid: \"%s\"".formatted(id))));
        return Stream.of(names, lengths, kinds, statuses, ids, others()).flatMap(rules -> rules);
    }

    private static Stream<Rule> others() {
        return Stream.of(
                tooLong(DRIVER_TYPES, "name", 32),
                tooLong(DRIVERS, "type", 32),
                tooLong(SUBSCRIPTIONS, "eventType", 128),
                tooLong(SUBSCRIPTIONS, "function", 253),
                new Rule(
                        DRIVERS,
                        "name",
                        List.of("a", "7", "a-b", "vcenter1.example.com"),
                        List.of("", "A", "-a", "a-", ".a", "a.", "a..b", "a_b", "a b", "ü", "a\n"),
                        605,
                        DRIVER_RULE),
                new Rule(
                        SUBSCRIPTIONS,
                        "eventType",
                        List.of("a", "-", "_", ".", "A.b-c_7", "*", "order.*", "com.example/a:b+c~d"),
                        List.of("", " ", "a b", "ü", "a\u0663", "a\n", "a?"),
                        605,
                        "eventType in body should match '^[\\w\\-.:/+~*]+$'"),
                new Rule(
                        SUBSCRIPTIONS,
                        "function",
                        List.of("f", "-", "_", "F-7_"),
                        List.of("", "a.b", "a b", "ü", "f\n"),
                        605,
                        "function in body should match '^[\\w\\d\\-]+$'"),
                new Rule(
                        ORGANIZATIONS,
                        "name",
                        List.of("o-" + UUID.randomUUID(), "-" + UUID.randomUUID(), "_" + UUID.randomUUID()),
                        List.of("", "a.b", "a b", "a/b", "ü", "a\n"),
                        605,
                        "name in body should match '^[\\w\\d\\-]+$'"),
                new Rule(
                        ACCOUNTS,
                        "name",
                        List.of("a", "-", ".", "ci-bot_7.eu"),
                        List.of("", "a b", "a/b", "ü", "a\n"),
                        605,
                        "name in body should match '^[\\w\\d\\-\\.]+$'"),
                new Rule(
                        ACCOUNTS,
                        "domain",
                        List.of("example.com"),
                        List.of("a b", "a/b", "ü", "a\n"),
                        605,
                        "domain in body should match '^[\\w\\d\\-\\.]+$'"));
    }

    private static Rule tooLong(String path, String field, int most) {
        return new Rule(
                path,
                field,
                List.of("x".repeat(most)),
                List.of("x".repeat(most + 1)),
                603,
                "%s in body should be at most %d chars long".formatted(field, most));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void whatIsInsidePassesAndWhatIsOutsideIsRefused(Rule rule) {
        prepare(rule.path());
        for (String value : rule.outside()) {
            post(rule, value).isError(422, rule.code(), rule.message());
        }
        for (String value : rule.inside()) {
            if (rule.field().equals("type")) {
                wire.post(DRIVER_TYPES, "{\"name\":\"%s\",\"image\":\"i\"}".formatted(value))
                        .is(201);
            }
            Wire.Answer made = post(rule, value);
            assertThat(made.status()).as("%s: %s", value, made.text()).isEqualTo(201);
            wire.delete(rule.path() + "/" + made.json().path("name").asString());
            if (rule.path().equals(DRIVERS)) {
                awaitGone(made.json().path("name").asString());
            }
        }
    }

    /** What others must be there for one of these to be made. */
    private void prepare(String path) {
        if (path.equals(DRIVERS)) {
            wire.post(DRIVER_TYPES, "{\"name\":\"t\",\"image\":\"none\"}").is(201);
        }
        if (path.equals(ACCOUNTS) || path.equals(POLICIES)) {
            wire.post(ORGANIZATIONS, "{\"name\":\"%s\"}".formatted(wire.organization()))
                    .is(201);
        }
    }

    private void awaitGone(String driver) {
        org.awaitility.Awaitility.await()
                .pollInterval(java.time.Duration.ofMillis(20))
                .until(() -> wire.get(DRIVERS + "/" + driver).status() == 404);
    }

    private Wire.Answer post(Rule rule, @Nullable String value) {
        ObjectNode body = (ObjectNode) Wire.JSON.readTree(String.valueOf(BODIES.get(rule.path())));
        return wire.post(rule.path(), body.put(rule.field(), value).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/event/subscriptions | eventType
            /v1/event/subscriptions | function
            /v1/event/drivertypes   | name
            /v1/event/drivertypes   | image
            /v1/event/drivers       | name
            /v1/event/drivers       | type
            /v1/secret              | name
            /v1/function            | name
            /v1/baseimage           | name
            /v1/baseimage           | dockerUrl
            /v1/baseimage           | language
            /v1/image               | name
            /v1/image               | baseImageName
            /v1/iam/organization    | name
            /v1/iam/serviceaccount  | name
            /v1/iam/serviceaccount  | publicKey
            /v1/iam/policy          | name
            /v1/iam/policy          | rules
            """)
    void whatIsRequiredMustBeThereAndNotNull(String path, String field) {
        ObjectNode body = (ObjectNode) Wire.JSON.readTree(String.valueOf(BODIES.get(path)));
        String message = field + " in body is required";

        wire.post(path, body.putNull(field).toString()).isError(422, 602, message);
        body.remove(field);
        wire.post(path, body.toString()).isError(422, 602, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/event/subscriptions | subscriptionName    | false
            /v1/event/drivertypes   | driverTypeName      | false
            /v1/event/drivers       | driverName          | true
            /v1/secret              | secretName          | false
            /v1/function            | functionName        | false
            /v1/image               | imageName           | false
            /v1/baseimage           | baseImageName       | false
            /v1/iam/policy          | policyName          | false
            /v1/iam/organization    | organizationName    | false
            /v1/iam/serviceaccount  | serviceAccountName  | true
            """)
    void aNameInAPathHasItsPattern(String path, String parameter, boolean dots) {
        String message = "%s in path should match '^[\\w\\d\\-%s]+$'".formatted(parameter, dots ? "\\." : "");

        for (String name : List.of("a", "-", "_", "A-z_09", dots ? "a.b" : "b")) {
            wire.get(path + "/" + name).is(404);
        }
        for (String name : List.of("a%20b", "%C3%BC", "a,b", "a:b", dots ? "a*" : "a.b")) {
            wire.get(path + "/" + name).isError(422, 605, message);
            wire.delete(path + "/" + name).isError(422, 605, message);
            wire.put(path + "/" + name, "{}").isError(422, 605, message);
        }
    }

    @Test
    void aStatusIsText() {
        wire.post(SUBSCRIPTIONS, "{\"name\":\"n\",\"eventType\":\"a\",\"function\":\"f\",\"status\":0}")
                .is(400);
    }

    @ParameterizedTest
    @CsvSource({
        "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e77, true",
        "0F6B6B0E-2A54-4F6E-8F49-5C1D5A0B9E77, true",
        "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e7, false",
        "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e770, false",
        "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e7g, false",
        "1-1-1-1-1, false",
        "x, false",
    })
    void aRunIsNamedByAUuid(String name, boolean uuid) {
        if (uuid) {
            wire.get("/v1/runs/" + name).is(404);
        } else {
            wire.get("/v1/runs/" + name)
                    .isError(422, 601, "runName in path must be of type uuid: \"%s\"".formatted(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "-1, true",
        "-62135596800, true",
        "-9223372036854775808, true",
        "9223372036854775807, true",
        "9223372036854775808, false",
        "1.5, false",
        "now, false",
    })
    void sinceIsANumberOfSeconds(String since, boolean number) {
        if (number) {
            wire.get("/v1/runs?since=" + since).is(200);
        } else {
            wire.get("/v1/runs?since=" + since)
                    .isError(422, 601, "since in query must be of type int64: \"%s\"".formatted(since));
        }
    }

    /** An RSA key as the command line sends it: base64 of its PEM. */
    static String publicKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            String der = Base64.getMimeEncoder()
                    .encodeToString(keys.generateKeyPair().getPublic().getEncoded());
            String pem = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(der);
            return Base64.getEncoder().encodeToString(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
