package io.dispatch.drivermanager;

import io.dispatch.database.DatabaseOfService;
import io.dispatch.database.PublishedSchema;
import io.dispatch.http.HttpDialect;
import io.dispatch.vault.Secrets;
import io.dispatch.vault.Vault;
import io.dispatch.vault.VaultConfiguration;
import io.dispatch.workloads.Lifeline;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service that keeps drivers running. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import({HttpDialect.class, DatabaseOfService.class, VaultConfiguration.class})
public class DriverManager {

    /** Starts the service; it ends with the process that started it. */
    public static void main(String[] args) {
        Lifeline.attach();
        SpringApplication.run(DriverManager.class, args);
    }

    @Bean
    Secrets secrets(JdbcClient jdbc, Vault vault) {
        return new Secrets(jdbc, vault);
    }

    /** What this service reads of others. */
    @Bean
    PublishedSchema readOfOthers(DataSource dataSource) {
        return new PublishedSchema(dataSource, "gateway_keys.public_key");
    }
}
