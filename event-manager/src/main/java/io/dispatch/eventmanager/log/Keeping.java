package io.dispatch.eventmanager.log;

import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which organizations keep events that match nothing. Safe for use by several threads. */
@Component
public class Keeping {
    private static final String ALL = """
            SELECT v.version, s.organization
            FROM event_log.subscriptions_version v LEFT JOIN event_manager.log_settings s ON s.keep_all""";

    private final JdbcClient jdbc;
    private volatile Known known = new Known(0, Set.of());

    private record Known(long version, Set<String> organizations) {}

    Keeping(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The organizations that keep all their events, as of this version of the subscriptions or later.
     *
     * @param version each change of what is kept moves it
     */
    public Set<String> keepingAll(long version) {
        Known current = known;
        return current.version() >= version
                ? current.organizations()
                : refresh(version).organizations();
    }

    private synchronized Known refresh(long version) {
        if (known.version() < version) {
            Set<String> organizations = new HashSet<>();
            long read = jdbc.sql(ALL).query(rows -> {
                long now = 0;
                while (rows.next()) {
                    now = rows.getLong(1);
                    String organization = rows.getString(2);
                    if (organization != null) {
                        organizations.add(organization);
                    }
                }
                return now;
            });
            known = new Known(read, Set.copyOf(organizations));
        }
        return known;
    }
}
