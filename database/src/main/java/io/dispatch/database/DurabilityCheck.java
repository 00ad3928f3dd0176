package io.dispatch.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/**
 * Refuses to start a service on a database that may forget what it has acknowledged. Runs before the migrations.
 *
 * <p>What is read is what this service's own sessions get, so a setting of the role or of the database counts too.
 */
final class DurabilityCheck implements InitializingBean {

    private static final String SETTINGS_THAT_ARE_OFF = """
            select name, current_setting(name)
            from unnest(array['fsync', 'synchronous_commit', 'full_page_writes']) as name
            where current_setting(name) = 'off'
            """;

    private final DataSource dataSource;

    DurabilityCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void afterPropertiesSet() {
        List<String> off = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SETTINGS_THAT_ARE_OFF)) {
            while (result.next()) {
                off.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw new UnfitDatabaseException(
                    "The database cannot be reached: %s".formatted(e.getMessage()),
                    "Check spring.datasource.url, username and password, and that PostgreSQL runs there.",
                    e);
        }
        if (!off.isEmpty()) {
            String names = String.join(", ", off);
            throw new UnfitDatabaseException(
                    "PostgreSQL runs with %s off, so it can lose events that were acknowledged.".formatted(names),
                    "Switch %s on in PostgreSQL (server, database and role), then start again.".formatted(names),
                    null);
        }
    }
}
