package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens of a service account are good (contract section 10.2). */
class TokensIT {

    private static final TestAccount ROOT = TestAccount.of("root");
    private static final TestAccount BOT = TestAccount.of("acme/ci-bot");

    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(
                "--dispatch.gateway.bootstrap-user=root",
                "--dispatch.gateway.bootstrap-public-key=" + ROOT.publicKey());
        Administrator root = new Administrator(gateway, ROOT);
        root.makeOrganization("acme");
        root.makeAccount("acme", BOT);
        root.makePolicy("acme", "bots", "ci-bot", "event", "get");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        gateway.upstream().answers(null);
    }

    private static int statusWith(String authorization) throws Exception {
        return answerTo(authorization).statusCode();
    }

    private static HttpResponse<String> answerTo(String authorization) throws Exception {
        return gateway.send(gateway.request("/v1/event/subscriptions")
                .header("X-Dispatch-Org", "acme")
                .header("Authorization", authorization));
    }

    private static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = BOT.claims();
        claims.put(name, value);
        return claims;
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512"})
    void theseAlgorithmsAreTaken(String algorithm) throws Exception {
        assertThat(statusWith("Bearer " + BOT.token(JWSAlgorithm.parse(algorithm), BOT.claims())))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "PS384", "PS512"})
    void otherSignaturesByTheSameKeyAreNot(String algorithm) throws Exception {
        assertThat(statusWith("Bearer " + BOT.token(JWSAlgorithm.parse(algorithm), BOT.claims())))
                .isEqualTo(401);
    }

    @Test
    void aTokenWithoutASignatureIsNoToken() throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        String payload = BOT.token().split("\\.", -1)[1];

        assertThat(statusWith("Bearer " + header + "." + payload + ".")).isEqualTo(401);
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() throws JOSEException, Exception {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(BOT.claims()));
        token.sign(new MACSigner(BOT.publicKey()));

        assertThat(statusWith("Bearer " + token.serialize())).isEqualTo(401);
    }

    @Test
    void theWordBearerMayBeWrittenInAnyCase() throws Exception {
        assertThat(statusWith("bEaReR " + BOT.token())).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-bot", "acme/", "/ci-bot", "acme/ci-bot/x", "globex/ci-bot", "acme/other", ""})
    void theIssuerMustBeThisAccount(String issuer) throws Exception {
        assertThat(statusWith("Bearer " + BOT.token(JWSAlgorithm.RS256, claims("iss", issuer))))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -1, 401",
        "exp, 1, 200",
        "exp, 86338, 200", // 24 hours after iat, which is a minute ago
        "exp, 86342, 401",
        "exp, 99999999999999, 401",
        "iat, 5, 200", // the caller's clock may run ahead by 10 seconds
        "iat, 15, 401",
        "iat, 3600, 401",
        "iat, -7200, 200",
        "nbf, 5, 200",
        "nbf, 15, 401",
        "nbf, 3600, 401",
        "nbf, -3600, 200",
    })
    void timesAreChecked(String claim, long secondsFromNow, int status) throws Exception {
        long at = Instant.now().getEpochSecond() + secondsFromNow + (secondsFromNow == 1 ? 30 : 0);

        assertThat(statusWith("Bearer " + BOT.token(JWSAlgorithm.RS256, claims(claim, at))))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"iat, 200", "nbf, 200", "iss, 401", "exp, 401"})
    void someClaimsMustBeThere(String left, int status) throws Exception {
        Map<String, Object> claims = BOT.claims();
        claims.remove(left);

        assertThat(statusWith("Bearer " + BOT.token(JWSAlgorithm.RS256, claims)))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aud", "sub", "jti", "scope"})
    void otherClaimsAreNotLookedAt(String claim) throws Exception {
        assertThat(statusWith("Bearer " + BOT.token(JWSAlgorithm.RS256, claims(claim, "somebody-else"))))
                .isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherKindOfKeyIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(BOT.claims()));
        token.sign(new ECDSASigner((ECPrivateKey) generator.generateKeyPair().getPrivate()));

        assertThat(statusWith("Bearer " + token.serialize())).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer a.b", "Bearer a.b.c", "Bearer {}", "Basic Ym90OmJvdA==", "Token x"})
    void whatIsNoTokenIsRefused(String authorization) throws Exception {
        assertThat(statusWith(authorization)).isEqualTo(401);
    }

    @Test
    void aTokenThatNeverExpiresIsRefusedAndToldWhy() throws Exception {
        Map<String, Object> claims = BOT.claims();
        claims.remove("exp");

        HttpResponse<String> answer = answerTo("Bearer " + BOT.token(JWSAlgorithm.RS256, claims));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(RunningGateway.body(answer).path("message").asString())
                .isEqualTo("unauthenticated for invalid credentials: exp of the token is required,"
                        + " as a number of seconds since 1970");
    }

    @ParameterizedTest
    @CsvSource({"exp, 401", "iat, 200", "nbf, 200"})
    void timesThatAreTextAreNoTimes(String claim, int status) throws Exception {
        String far = Long.toString(Instant.now().getEpochSecond() + 3600);

        assertThat(statusWith("Bearer " + BOT.token(JWSAlgorithm.RS256, claims(claim, far))))
                .isEqualTo(status);
    }

    @Test
    void aForgedSignatureIsSeenThroughAlsoAfterTheRealOne() throws Exception {
        String real = BOT.token();
        assertThat(statusWith("Bearer " + real)).isEqualTo(200);

        String forged = real.substring(0, real.length() - 6) + "AAAAAA";
        TestAccount impostor = TestAccount.of("acme/ci-bot");

        assertThat(statusWith("Bearer " + forged)).isEqualTo(401);
        assertThat(statusWith(impostor.bearer())).isEqualTo(401);
    }

    @Test
    void aCookieIsNoCredential() throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/event/subscriptions")
                .header("X-Dispatch-Org", "acme")
                .header("Cookie", "unset"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(gateway.upstream().received()).isEmpty();
    }

    @Test
    void aTokenStopsWorkingWhenItExpiresThoughItWasGoodBefore() throws Exception {
        String shortLived = "Bearer "
                + BOT.token(JWSAlgorithm.RS256, claims("exp", Instant.now().getEpochSecond() + 2));
        assertThat(statusWith(shortLived)).isEqualTo(200);

        await().atMost(Duration.ofSeconds(4)).until(() -> statusWith(shortLived) == 401);
    }
}
