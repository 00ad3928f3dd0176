package io.dispatch.apigateway;

import io.dispatch.database.DatabaseOfService;
import io.dispatch.database.PublishedSchema;
import io.dispatch.http.WireDialect;
import io.dispatch.vault.VaultConfiguration;
import io.dispatch.workloads.Lifeline;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The one door to Dispatch. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
@Import({WireDialect.class, DatabaseOfService.class, VaultConfiguration.class})
public class ApiGateway {

    /** Starts it. */
    public static void main(String[] args) {
        Lifeline.attach();
        SpringApplication.run(ApiGateway.class, args);
    }

    /** The drivers' credentials come later than the gateway where driver-manager does. */
    @Bean
    PublishedSchema publishedCredentials(DataSource dataSource) {
        return new PublishedSchema(dataSource, "driver_credentials.driver");
    }
}
