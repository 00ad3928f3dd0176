package io.dispatch.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Calls a service as the gateway does: with a token signed by a key that the service finds in {@code gateway_keys}. */
public final class TestCaller {

    private static final Duration VALID = Duration.ofSeconds(60);
    private static final OctetKeyPair KEY = newKey();

    private TestCaller() {}

    /**
     * The {@code Bearer} token of a caller of an organization, for the shared database; good for 60 s.
     *
     * @param audience the service's name, such as {@code event-manager}
     * @param scopes {@code resource:action} each; none given means {@code *:*}
     */
    public static String token(String audience, String organization, String... scopes) {
        return tokenOf(organization + "/tester", audience, organization, scopes);
    }

    /** The same for another subject, such as {@code driver:<uuid>} or {@code gateway}. */
    public static String tokenOf(String subject, String audience, String organization, String... scopes) {
        publishKey(TestDatabase.url());
        Instant now = Instant.now();
        return sign(new JWTClaimsSet.Builder()
                .issuer("dispatch-gateway")
                .audience(audience)
                .subject(subject)
                .claim("org", organization)
                .claim("scope", String.join(" ", scopes.length == 0 ? List.of("*:*") : List.of(scopes)))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(VALID)))
                .build());
    }

    /** Signs any claims with the published key, for tests that want a token which must be refused. */
    public static String sign(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.Ed25519)
                            .keyID(KEY.getKeyID())
                            .build(),
                    claims);
            token.sign(new Ed25519Signer(KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Publishes the key in a database of {@link TestDatabase}, and makes the table if the gateway has not migrated
     * there; harmless when done before.
     */
    public static void publishKey(String url) {
        try (Connection connection = TestDatabase.connectAsSuperuser(url);
                Statement statement = connection.createStatement()) {
            // As the owner of the schema, so that its default privileges apply.
            statement.execute("set role api_gateway");
            statement.execute("""
                    create table if not exists gateway_keys.public_key (
                        kid text primary key,
                        public_key bytea not null,
                        not_after timestamptz not null
                    )
                    """);
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into gateway_keys.public_key (kid, public_key, not_after)
                    values (?, ?, now() + interval '1 day')
                    on conflict (kid) do nothing
                    """)) {
                insert.setString(1, KEY.getKeyID());
                insert.setBytes(2, KEY.getDecodedX());
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the test key cannot be published in " + url, e);
        }
    }

    private static OctetKeyPair newKey() {
        try {
            return new OctetKeyPairGenerator(Curve.Ed25519)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
