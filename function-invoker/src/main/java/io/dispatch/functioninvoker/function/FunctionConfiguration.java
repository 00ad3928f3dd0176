package io.dispatch.functioninvoker.function;

import io.dispatch.functioninvoker.image.ImageLanguages;
import io.dispatch.functioninvoker.source.SourcePrograms;
import io.dispatch.functioninvoker.source.Sources;
import io.dispatch.vault.Secrets;
import io.dispatch.vault.Vault;
import io.dispatch.workloads.Workloads;
import java.io.IOException;
import java.nio.file.Path;
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
    Programs programs(
            FunctionsSettings settings, SecretLookup secrets, Sources sources, ImageLanguages images, Clock clock)
            throws IOException {
        Path work = settings.workFolder().toAbsolutePath();
        // First: this ends the programs that a killed process has left, which may use what is made anew next.
        Workloads workloads = Workloads.open(work.resolve("workloads"), clock);
        SourcePrograms programs = SourcePrograms.open(work, settings.path(), sources, images);
        return new Programs(new CommandPrograms(settings), programs, workloads, secrets);
    }
}
