package io.dispatch.functioninvoker.owner;

import java.security.SecureRandom;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One owner a process. */
@Configuration(proxyBeanMethods = false)
class OwnerConfiguration {

    @Bean(destroyMethod = "close")
    Owner owner(DataSource dataSource) {
        return new Owner(dataSource, new SecureRandom());
    }
}
