package io.dispatch.eventmanager.log;

import org.springframework.data.jpa.repository.JpaRepository;

/** The settings by organization. */
interface LogSettingsRepository extends JpaRepository<LogSettingsRow, String> {}
