package io.dispatch.eventlog;

import com.zaxxer.hikari.HikariDataSource;
import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A database of its own for the log, and the two services that use it. */
final class LogDatabase implements AutoCloseable {

    private final String url = TestDatabase.create();
    private final HikariDataSource eventManager = dataSource(ServiceRole.EVENT_MANAGER);
    private final HikariDataSource functionInvoker = dataSource(ServiceRole.FUNCTION_INVOKER);

    private LogDatabase() {}

    /** One without the log's tables. */
    static LogDatabase empty() {
        return new LogDatabase();
    }

    /** One with the log as it is now. */
    static LogDatabase migrated() {
        LogDatabase database = new LogDatabase();
        try {
            Resource[] all = new PathMatchingResourcePatternResolver().getResources("classpath:db/event_log/V*.sql");
            Arrays.sort(all, Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())));
            database.run(all);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one of the log's migrations. */
    void migrate(String file) {
        run(new ClassPathResource("db/event_log/" + file));
    }

    private void run(Resource... migrations) {
        new ResourceDatabasePopulator(migrations).execute(eventManager);
    }

    String url() {
        return url;
    }

    HikariDataSource eventManager() {
        return eventManager;
    }

    HikariDataSource functionInvoker() {
        return functionInvoker;
    }

    /** Another pool of connections, to be closed by the caller. */
    HikariDataSource dataSource(ServiceRole role) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(url);
        dataSource.setUsername(role.roleName());
        dataSource.setPassword(TestDatabase.password(role));
        return dataSource;
    }

    @Override
    public void close() {
        eventManager.close();
        functionInvoker.close();
    }
}
