package io.dispatch.eventmanager.replay;

import io.dispatch.eventlog.EventLogScan;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What replays read from. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

    @Bean
    EventLogScan eventLogScan(DataSource dataSource) {
        return new EventLogScan(dataSource);
    }
}
