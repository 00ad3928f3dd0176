package io.dispatch.eventlog;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the subscriptions that event-manager publishes; safe for use by several threads. */
public final class PublishedSubscriptions {
    private static final String CHANGES = """
            SELECT v.version AS now, s.id, s.organization, s.name, s.version, s.kind, s.event_type, s.filters, s.function,
                   s.secrets, s.delivery, s.state
            FROM event_log.subscriptions_version v LEFT JOIN event_log.subscription s ON s.changed_at > ?""";

    private static final String SOME = """
            SELECT s.id, s.organization, s.name, s.version, s.kind, s.event_type, s.filters, s.function, s.secrets, s.delivery,
                   s.state
            FROM event_log.subscription s WHERE s.id = ANY (:ids) ORDER BY s.id""";

    private final JdbcClient jdbc;

    /**
     * @param dataSource of a role that may read the schema {@code event_log}
     */
    public PublishedSubscriptions(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The number of changes so far, of all organizations. */
    public long version() {
        return jdbc.sql("SELECT version FROM event_log.subscriptions_version")
                .query(Long.class)
                .single();
    }

    /**
     * What changed after a version, deleted ones included, together with the version that this leads to: one snapshot.
     *
     * @param version the version known so far, or 0 for all there is
     */
    public Changes changesSince(long version) {
        List<PublishedSubscription> subscriptions = new ArrayList<>();
        long now = jdbc.sql(CHANGES).param(version).query(rows -> {
            long read = 0;
            while (rows.next()) {
                read = rows.getLong("now");
                if (rows.getObject("id") != null) {
                    subscriptions.add(row(rows));
                }
            }
            return read;
        });
        return new Changes(now, List.copyOf(subscriptions));
    }

    /** The subscriptions with these ids, deleted ones included, in the order in which they were made. */
    public List<PublishedSubscription> find(Collection<Long> ids) {
        return jdbc.sql(SOME)
                .param("ids", ids.toArray(Long[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /**
     * A step from one version of the subscriptions to another.
     *
     * @param version the version after the step
     * @param subscriptions those that are new or changed or deleted, each as it is now
     */
    public record Changes(long version, List<PublishedSubscription> subscriptions) {}

    private static PublishedSubscription row(ResultSet row) throws SQLException {
        return new PublishedSubscription(
                row.getLong("id"),
                row.getString("organization"),
                row.getString("name"),
                row.getLong("version"),
                row.getString("kind"),
                row.getString("event_type"),
                row.getString("filters"),
                row.getString("function"),
                strings(row.getArray("secrets")),
                row.getString("delivery"),
                PublishedSubscription.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
