package io.dispatch.eventmanager.log;

import io.dispatch.contracts.log.LogSettings;
import io.dispatch.contracts.log.LogSettings.Keep;
import io.dispatch.http.IfMatch;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes how organizations' event logs are kept. */
@Service
public class LogSettingsStore {
    /** Tells which events the log holds. */
    public static final String HEADER = "Dispatch-Log-Keep";

    private static final String KIND = "event log";

    private final LogSettingsRepository repository;
    private final JdbcClient jdbc;

    LogSettingsStore(LogSettingsRepository repository, JdbcClient jdbc) {
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /** Which events the log of an organization holds by the settings of now. */
    @Transactional(readOnly = true)
    public Keep keep(String organization) {
        return of(organization).toWire().keep();
    }

    /** The same as a value of the header. */
    @Transactional(readOnly = true)
    public String header(String organization) {
        return keep(organization).name().toLowerCase(Locale.ROOT);
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
    public LogSettingsRow replace(String organization, LogSettings wanted, IfMatch ifMatch) {
        LogSettingsRow row = of(organization);
        ifMatch.check(KIND, organization, row.version());
        if (row.toWire().equals(wanted)) {
            return row;
        }
        row.replace(wanted);
        LogSettingsRow saved = repository.saveAndFlush(row);
        jdbc.sql("UPDATE event_log.subscriptions_version SET version = version + 1")
                .update();
        return saved;
    }
}
