package io.dispatch.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.postgresql.PGConnection;

/** Makes a database ready for the services: what the launcher does at each start, and a job does elsewhere. */
public final class DatabaseSetup {

    private DatabaseSetup() {}

    /** The text of {@code database.sql}, for an operator who runs it by hand. */
    public static String sql() {
        try (InputStream file = Objects.requireNonNull(DatabaseSetup.class.getResourceAsStream("/database.sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs {@code database.sql}; harmless where it has run before.
     *
     * @param connection of a superuser, or of a role with CREATEROLE that owns the database; in auto-commit mode
     * @throws SQLException if a right is missing or the connection is lost; then nothing was changed
     */
    public static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(sql());
            } catch (SQLException e) {
                // The file's own transaction is still open, failed.
                statement.execute("rollback");
                throw e;
            }
        }
    }

    /**
     * Sets the services' passwords. Only their SCRAM verifiers travel, so that no log of the server can hold one.
     *
     * @param connection of a superuser or of the role that made the services' roles
     */
    public static void setPasswords(Connection connection, Map<ServiceRole, String> passwords) throws SQLException {
        PGConnection postgresql = connection.unwrap(PGConnection.class);
        for (Map.Entry<ServiceRole, String> entry : passwords.entrySet()) {
            postgresql.alterUserPassword(
                    entry.getKey().roleName(), entry.getValue().toCharArray(), "scram-sha-256");
        }
    }
}
