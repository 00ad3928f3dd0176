package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import io.dispatch.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The keys that sign what the gateway vouches for: shared by replicas, renewed, published before they are used. */
class SigningKeysIT {

    private final String database = RunningGateway.newDatabase();

    @Test
    void replicasSignWithOneKeyWhichServicesCanCheck() throws Exception {
        try (RunningGateway one = start();
                RunningGateway other = start()) {
            SignedJWT token = tokenOf(one);

            assertThat(tokenOf(other).getHeader().getKeyID())
                    .isEqualTo(token.getHeader().getKeyID());
            assertThat(token.verify(published(token.getHeader().getKeyID()))).isTrue();
        }
    }

    @Test
    void aNewKeyIsPublishedBeforeItSignsAndTheOldOneStaysGood() throws Exception {
        String first = keyOfNewReplica();
        execute("update api_gateway.signing_key set created_at = created_at - interval '8 days'");

        String whileTheNewOneSettles = keyOfNewReplica();
        assertThat(whileTheNewOneSettles).isEqualTo(first);
        assertThat(count()).isEqualTo(2);

        execute("update api_gateway.signing_key set created_at = created_at - interval '3 minutes'");
        String afterwards = keyOfNewReplica();
        assertThat(afterwards).isNotEqualTo(first);
        assertThat(count()).isEqualTo(2);

        execute("update gateway_keys.public_key set not_after = now() where kid = '" + first + "'");
        assertThat(keyOfNewReplica()).isEqualTo(afterwards);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void theDatabaseAloneGivesNoKeyAway() throws Exception {
        keyOfNewReplica();

        try (Connection connection = TestDatabase.connectAsSuperuser(database);
                Statement statement = connection.createStatement();
                ResultSet keys = statement.executeQuery("select private_key from api_gateway.signing_key")) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getBytes(1)).hasSizeGreaterThan(32 + 16);
        }
    }

    private String keyOfNewReplica() throws Exception {
        try (RunningGateway replica = start()) {
            return tokenOf(replica).getHeader().getKeyID();
        }
    }

    private RunningGateway start() {
        return RunningGateway.startOn(database, "--dispatch.local-mode=true");
    }

    private static SignedJWT tokenOf(RunningGateway gateway) throws Exception {
        assertThat(gateway.get("/v1/secret").statusCode()).isEqualTo(200);
        String header = String.valueOf(gateway.upstream().last().header("Authorization"));
        return SignedJWT.parse(header.substring("Bearer ".length()));
    }

    private Ed25519Verifier published(String kid) throws Exception {
        try (Connection connection = TestDatabase.connectAsSuperuser(database);
                PreparedStatement statement =
                        connection.prepareStatement("select public_key from gateway_keys.public_key where kid = ?")) {
            statement.setString(1, kid);
            try (ResultSet key = statement.executeQuery()) {
                assertThat(key.next()).isTrue();
                return new Ed25519Verifier(
                        new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key.getBytes(1))).build());
            }
        }
    }

    private int count() throws Exception {
        try (Connection connection = TestDatabase.connectAsSuperuser(database);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from gateway_keys.public_key")) {
            assertThat(count.next()).isTrue();
            return count.getInt(1);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = TestDatabase.connectAsSuperuser(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
