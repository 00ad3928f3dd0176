package io.dispatch.database;

import java.sql.SQLException;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Names what this service still waits for; part of readiness only, as a restart of this service would not help. */
final class PublishedSchemaHealth extends AbstractHealthIndicator {

    private final List<PublishedSchema> schemas;

    PublishedSchemaHealth(List<PublishedSchema> schemas) {
        super("the database cannot be asked which tables are there");
        this.schemas = schemas;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws SQLException {
        health.up();
        for (PublishedSchema schema : schemas) {
            List<String> missing = schema.missing();
            if (!missing.isEmpty()) {
                health.outOfService().withDetail("waitingFor", missing);
            }
        }
    }
}
