package io.dispatch.eventmanager;

import io.dispatch.database.DatabaseOfService;
import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.http.HttpDialect;
import io.dispatch.workloads.Lifeline;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service that accepts events. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
@Import({HttpDialect.class, DatabaseOfService.class})
public class EventManager {

    /** Starts the service; settings come from the environment. */
    public static void main(String[] args) {
        Lifeline.attach();
        SpringApplication.run(EventManager.class, args);
    }

    @Bean
    EventLogWriter eventLogWriter(DataSource dataSource) {
        return new EventLogWriter(dataSource);
    }

    @Bean
    PublishedSubscriptions publishedSubscriptions(DataSource dataSource) {
        return new PublishedSubscriptions(dataSource);
    }

    @Bean
    RandomGenerator randomGenerator() {
        return new SecureRandom();
    }
}
