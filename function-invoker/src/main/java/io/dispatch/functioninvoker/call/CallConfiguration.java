package io.dispatch.functioninvoker.call;

import io.dispatch.functioninvoker.function.FunctionLookup;
import io.dispatch.functioninvoker.function.FunctionStates;
import io.dispatch.functioninvoker.function.SecretLookup;
import io.dispatch.functioninvoker.outbound.OutboundClient;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How calls are put together. */
@Configuration(proxyBeanMethods = false)
class CallConfiguration {

    @Bean
    FunctionCaller functionCaller(
            FunctionLookup functions, FunctionStates states, SecretLookup secrets, OutboundClient client, Clock clock) {
        return new FunctionCaller(functions, states, secrets, client, clock);
    }
}
