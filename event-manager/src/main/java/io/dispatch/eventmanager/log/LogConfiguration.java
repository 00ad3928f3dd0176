package io.dispatch.eventmanager.log;

import io.dispatch.eventlog.EventLogSearch;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ways to look into the log. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    @Bean
    EventLogSearch eventLogSearch(DataSource dataSource) {
        return new EventLogSearch(dataSource);
    }
}
