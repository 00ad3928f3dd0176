package io.dispatch.eventmanager.log;

import io.dispatch.eventlog.EventLogSearch;
import io.dispatch.eventlog.EventLogSlices;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log as this service looks after it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventLogSettings.class)
class LogConfiguration {

    @Bean
    EventLogSlices eventLogSlices(DataSource dataSource) {
        return new EventLogSlices(dataSource);
    }

    @Bean
    EventLogSearch eventLogSearch(DataSource dataSource) {
        return new EventLogSearch(dataSource);
    }
}
