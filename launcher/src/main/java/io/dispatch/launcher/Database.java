package io.dispatch.launcher;

import io.dispatch.database.DatabaseSetup;
import io.dispatch.database.ServiceRole;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The database that the services meet in: one of our own, or one that the user names. */
sealed interface Database extends AutoCloseable permits EmbeddedDatabase, GivenDatabase {

    /** Its JDBC address without user and password. */
    String url();

    /** A new connection as one who may make roles and schemas; the caller closes it. */
    Connection connect() throws SQLException;

    /** Stops what was started for it. */
    @Override
    void close();

    /**
     * Makes roles and schemas, and gives the services new passwords: they are known to the running services only and
     * are written nowhere.
     *
     * @throws LaunchException if it cannot be reached, or the right to do so is missing
     */
    default Map<ServiceRole, String> setUp() {
        SecureRandom random = new SecureRandom();
        Map<ServiceRole, String> passwords = Arrays.stream(ServiceRole.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> password(random)));
        try (Connection connection = connect()) {
            DatabaseSetup.run(connection);
            DatabaseSetup.setPasswords(connection, passwords);
            return passwords;
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /** The sentence for a database that does not do as asked. */
    private LaunchException refusal(SQLException e) {
        boolean rightIsMissing = "42501".equals(e.getSQLState());
        return new LaunchException(
                rightIsMissing
                        ? "The user of %s may not make Dispatch's roles and schemas there (%s): use a superuser, or a role with CREATEROLE that owns the database; what they are asked to run is:%n%n%s"
                                .formatted(url(), e.getMessage(), DatabaseSetup.sql())
                        : "The database %s cannot be used: %s.".formatted(url(), e.getMessage()),
                e);
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
