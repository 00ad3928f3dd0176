package io.dispatch.database;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What every service has in common about its database; a service imports it on its main class. A service that reads
 * what others publish adds a bean of type {@link PublishedSchema}.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseOfService {

    @Bean
    DurabilityCheck durabilityCheck(DataSource dataSource) {
        return new DurabilityCheck(dataSource);
    }

    /** Its name in the health groups is {@code publishedSchema}. */
    @Bean
    PublishedSchemaHealth publishedSchemaHealthIndicator(ObjectProvider<PublishedSchema> schemas) {
        return new PublishedSchemaHealth(schemas.stream().toList());
    }
}
