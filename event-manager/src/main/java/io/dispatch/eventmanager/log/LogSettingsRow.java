package io.dispatch.eventmanager.log;

import io.dispatch.contracts.log.LogSettings;
import io.dispatch.contracts.log.LogSettings.Keep;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** How an organization's event log is kept, as it is stored. */
@Entity
@Table(schema = "event_manager", name = "log_settings")
class LogSettingsRow {
    @Id
    private String organization;

    @Version
    private @Nullable Long version;

    @Column(name = "keep_all")
    private boolean keepAll;

    private @Nullable String deduplicate;

    /** For JPA. */
    protected LogSettingsRow() {
        this.organization = "";
    }

    LogSettingsRow(String organization) {
        this.organization = organization;
    }

    /** 0 before the first change. */
    long version() {
        return version == null ? 0 : version + 1;
    }

    boolean keepAll() {
        return keepAll;
    }

    void replace(LogSettings settings) {
        keepAll = settings.keep() == Keep.ALL;
        deduplicate = settings.deduplicate();
    }

    LogSettings toWire() {
        return new LogSettings(deduplicate, keepAll ? Keep.ALL : Keep.MATCHED);
    }
}
