package io.dispatch.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import io.dispatch.database.ServiceRole;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseIT {

    @Test
    void aServiceReadsWhatAnotherPublishesAndNothingElse() throws SQLException {
        execute(ServiceRole.EVENT_MANAGER, "create table event_log.published as select 42 as answer");
        execute(ServiceRole.EVENT_MANAGER, "create table event_manager.private as select 42 as answer");

        assertThat(query(TestDatabase.url(), ServiceRole.FUNCTION_INVOKER, "select answer from event_log.published"))
                .isEqualTo("42");
        assertThatThrownBy(() -> execute(ServiceRole.FUNCTION_INVOKER, "delete from event_log.published"))
                .hasMessageContaining("permission denied for table published");
        assertThatThrownBy(() -> execute(ServiceRole.FUNCTION_INVOKER, "select answer from event_manager.private"))
                .hasMessageContaining("permission denied for schema event_manager");
        assertThatThrownBy(() -> execute(ServiceRole.DRIVER_MANAGER, "select answer from event_log.published"))
                .hasMessageContaining("permission denied for schema event_log");
    }

    @Test
    void aNewDatabaseIsEmpty() throws SQLException {
        String url = TestDatabase.create();

        assertThat(url).isNotEqualTo(TestDatabase.url());
        assertThat(query(
                        url,
                        ServiceRole.EVENT_MANAGER,
                        "select count(*) from pg_tables where schemaname like 'event%'"))
                .isEqualTo("0");
    }

    @Test
    void aServiceCanVerifyTheCallersToken() throws Exception {
        SignedJWT token = SignedJWT.parse(TestCaller.token("event-manager", "acme"));

        byte[] publicKey;
        try (Connection connection = TestDatabase.connect(TestDatabase.url(), ServiceRole.EVENT_MANAGER);
                Statement statement = connection.createStatement();
                ResultSet keys = statement.executeQuery("select public_key from gateway_keys.public_key")) {
            keys.next();
            publicKey = keys.getBytes(1);
        }
        assertThat(publicKey).hasSize(32);
        assertThat(token.verify(new Ed25519Verifier(
                        new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(publicKey)).build())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getStringClaim("org")).isEqualTo("acme");
        assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("*:*");
    }

    private static void execute(ServiceRole role, String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.url(), role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String url, ServiceRole role, String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(url, role);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
