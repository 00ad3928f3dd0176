package io.dispatch.eventmanager.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which organizations keep events that match nothing, and which keep none twice. Safe for use by several threads. */
@Component
public class Keeping {
    private static final String ALL = """
            SELECT v.version, s.organization, s.keep_all, s.deduplicate
            FROM event_log.subscriptions_version v
            LEFT JOIN event_manager.log_settings s ON s.keep_all OR s.deduplicate IS NOT NULL""";

    private final JdbcClient jdbc;
    private volatile Known known = new Known(0, Set.of(), Map.of());

    private record Known(long version, Set<String> keepingAll, Map<String, Duration> windows) {}

    Keeping(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The organizations that keep all their events, as of this version of the subscriptions or later.
     *
     * @param version each change of what is kept moves it
     */
    public Set<String> keepingAll(long version) {
        return asOf(version).keepingAll();
    }

    /**
     * How long after an event another one with its source and id is taken for the same, for the organizations that want it so, as
     * of this version of the subscriptions or later.
     *
     * @param version each change of what is kept moves it
     */
    public Map<String, Duration> windows(long version) {
        return asOf(version).windows();
    }

    private Known asOf(long version) {
        Known current = known;
        return current.version() >= version ? current : refresh(version);
    }

    private synchronized Known refresh(long version) {
        if (known.version() < version) {
            Set<String> keepingAll = new HashSet<>();
            Map<String, Duration> windows = new HashMap<>();
            long read = jdbc.sql(ALL).query(rows -> {
                long now = 0;
                while (rows.next()) {
                    now = rows.getLong("version");
                    String organization = rows.getString("organization");
                    if (organization != null && rows.getBoolean("keep_all")) {
                        keepingAll.add(organization);
                    }
                    String window = rows.getString("deduplicate");
                    if (organization != null && window != null) {
                        windows.put(organization, Duration.parse(window));
                    }
                }
                return now;
            });
            known = new Known(read, Set.copyOf(keepingAll), Map.copyOf(windows));
        }
        return known;
    }
}
