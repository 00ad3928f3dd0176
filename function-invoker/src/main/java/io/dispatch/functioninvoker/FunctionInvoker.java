package io.dispatch.functioninvoker;

import io.dispatch.database.DatabaseOfService;
import io.dispatch.http.HttpDialect;
import io.dispatch.vault.VaultConfiguration;
import io.dispatch.workloads.Lifeline;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The function-invoker service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@Import({HttpDialect.class, DatabaseOfService.class, VaultConfiguration.class})
public class FunctionInvoker {

    /** Starts the service, which ends with the process that {@code DISPATCH_PARENT_PID} names. */
    public static void main(String[] args) {
        Lifeline.attach();
        SpringApplication.run(FunctionInvoker.class, args);
    }
}
