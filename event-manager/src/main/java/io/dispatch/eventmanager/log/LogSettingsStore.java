package io.dispatch.eventmanager.log;

import io.dispatch.contracts.log.LogSettings.Keep;
import io.dispatch.http.IfMatch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes how organizations' event logs are kept. */
@Service
class LogSettingsStore {
    private static final String KIND = "event log";

    private final LogSettingsRepository repository;
    private final JdbcClient jdbc;

    LogSettingsStore(LogSettingsRepository repository, JdbcClient jdbc) {
        this.repository = repository;
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public LogSettingsRow of(String organization) {
        return repository.findById(organization).orElseGet(() -> new LogSettingsRow(organization));
    }

    /**
     * Changes what is kept. The version of the subscriptions moves with it, so that no replica appends another group before it
     * knows; what says the same as before changes nothing.
     */
    @Transactional
    public LogSettingsRow keep(String organization, Keep keep, IfMatch ifMatch) {
        LogSettingsRow row = of(organization);
        ifMatch.check(KIND, organization, row.version());
        boolean all = keep == Keep.ALL;
        if (row.keepAll() == all) {
            return row;
        }
        row.keepAll(all);
        LogSettingsRow saved = repository.saveAndFlush(row);
        jdbc.sql("UPDATE event_log.subscriptions_version SET version = version + 1")
                .update();
        return saved;
    }
}
