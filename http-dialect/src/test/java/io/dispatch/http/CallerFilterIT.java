package io.dispatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestCaller;
import io.dispatch.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service's own door: who comes with the gateway's word gets in, and nobody else. */
@SpringBootTest(
        classes = CallerFilterIT.Service.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.application.name=event-manager", "spring.config.import=classpath:dispatch-service.yaml"})
class CallerFilterIT {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({HttpDialect.class, WhoAmI.class})
    static class Service {}

    @RestController
    static class WhoAmI {

        @GetMapping("/who")
        String who(Caller caller) {
            return "%s %s %s".formatted(caller.organization(), caller.subject(), caller.may("secret", "reveal"));
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.register(registry, ServiceRole.EVENT_MANAGER);
    }

    @ParameterizedTest
    @CsvSource({"*:*,true", "secret:*,true", "*:reveal,true", "secret:reveal,true", "secret:get,false", "event:*,false"
    })
    void whomTheGatewayVouchesForGetsInWithWhatItMay(String scope, boolean reveals) throws Exception {
        HttpResponse<String> answer = call("Bearer " + TestCaller.token("event-manager", "acme", scope));

        assertThat(answer.body()).isEqualTo("acme acme/tester " + reveals);
    }

    @Test
    void aTokenForAnotherServiceIsRefused() throws Exception {
        assertRefused(TestCaller.token("function-invoker", "acme"));
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        assertRefused(
                TestCaller.sign(claims().expirationTime(Date.from(Instant.now().minusSeconds(1)))
                        .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "sub", "org", "scope", "exp"})
    void aTokenWithoutOneOfItsClaimsIsRefused(String claim) throws Exception {
        assertRefused(TestCaller.sign(claims().claim(claim, null).build()));
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        assertRefused(TestCaller.sign(claims().issuer("acme/ci-bot").build()));
    }

    @Test
    void anUnsignedTokenIsRefused() throws Exception {
        assertRefused(new PlainJWT(claims().build()).serialize());
    }

    @Test
    void aTokenThatNamesTheKeyButIsSignedByAnotherIsRefused() throws Exception {
        OctetKeyPair stranger = new OctetKeyPairGenerator(Curve.Ed25519).generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.Ed25519)
                        .keyID(publishedKey())
                        .build(),
                claims().build());
        forged.sign(new Ed25519Signer(stranger));

        assertRefused(forged.serialize());
    }

    @Test
    void aTokenSignedByAKeyThatNobodyPublishedIsRefused() throws Exception {
        OctetKeyPair stranger =
                new OctetKeyPairGenerator(Curve.Ed25519).keyID("stranger").generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.Ed25519).keyID("stranger").build(), claims().build());
        forged.sign(new Ed25519Signer(stranger));

        assertRefused(forged.serialize());
    }

    @Test
    void thePublicKeyAsAnHmacSecretIsRefused() throws Exception {
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(publishedKey()).build(), claims().build());
        confused.sign(new MACSigner(new byte[32]));

        assertRefused(confused.serialize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x.y.z", "Basic YTpi", "bearer a b c"})
    void whatIsNoTokenIsRefused(String authorization) throws Exception {
        assertThat(call(authorization).statusCode()).isEqualTo(401);
    }

    @Test
    void whoComesWithoutAnythingIsRefusedInTheOneErrorBody() throws Exception {
        HttpResponse<String> answer = client.send(request().build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":401").contains("\"message\":\"unauthenticated");
    }

    private static String publishedKey() throws Exception {
        return SignedJWT.parse(TestCaller.token("event-manager", "acme"))
                .getHeader()
                .getKeyID();
    }

    private static JWTClaimsSet.Builder claims() {
        TestCaller.token("event-manager", "acme");
        return new JWTClaimsSet.Builder()
                .issuer("dispatch-gateway")
                .audience("event-manager")
                .subject("acme/tester")
                .claim("org", "acme")
                .claim("scope", "*:*")
                .expirationTime(Date.from(Instant.now().plusSeconds(30)));
    }

    private void assertRefused(String token) throws Exception {
        assertThat(call("Bearer " + TestCaller.token("event-manager", "acme")).statusCode())
                .as("a good token gets in")
                .isEqualTo(200);
        assertThat(call("Bearer " + token).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> call(String authorization) throws Exception {
        return client.send(request().header("Authorization", authorization).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/who"));
    }
}
