package io.dispatch.functioninvoker.function;

import io.dispatch.vault.Secrets;
import io.dispatch.vault.Vault;
import io.dispatch.workloads.Workloads;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How functions are put together: programs in local mode only. */
@Configuration(proxyBeanMethods = false)
class FunctionConfiguration {

    @Bean
    FunctionRules functionRules(@Value("${dispatch.local-mode:false}") boolean localMode) {
        return new FunctionRules(localMode);
    }

    @Bean
    Secrets secrets(JdbcClient jdbc, Vault vault) {
        return new Secrets(jdbc, vault);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty("dispatch.local-mode")
    Commands commands(FunctionsSettings settings, SecretLookup secrets, Clock clock) throws IOException {
        Workloads workloads =
                Workloads.open(settings.workFolder().toAbsolutePath().resolve("workloads"), clock);
        return new Commands(new CommandPrograms(settings), workloads, secrets);
    }
}
