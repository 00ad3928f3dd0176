package io.dispatch.functioninvoker.delivery;

import io.dispatch.database.PublishedSchema;
import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.eventlog.Signal;
import io.dispatch.functioninvoker.call.FunctionCaller;
import io.dispatch.functioninvoker.owner.Owner;
import io.dispatch.functioninvoker.run.FunctionNames;
import io.dispatch.functioninvoker.run.Runs;
import java.time.Clock;
import java.util.Random;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How delivery is put together. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    PublishedSchema publishedSchema(DataSource dataSource) {
        return new PublishedSchema(
                dataSource,
                "event_log.partition",
                "event_log.event",
                "event_log.slice",
                "event_log.subscription",
                "event_log.subscriptions_version",
                "vault.secret",
                "gateway_keys.public_key");
    }

    @Bean
    EventLogReader eventLogReader(DataSource dataSource) {
        return new EventLogReader(dataSource);
    }

    @Bean
    Signal appendSignal(DataSource dataSource) {
        return new Signal(dataSource, Signal.EVENT_LOG);
    }

    @Bean
    PublishedSubscriptions publishedSubscriptions(DataSource dataSource) {
        return new PublishedSubscriptions(dataSource);
    }

    @Bean
    DeliveryEngine.Stores deliveryStores(
            Owner owner,
            Leases leases,
            Books books,
            Deliveries deliveries,
            DeadLetters deadLetters,
            Runs runs,
            FunctionNames names,
            ReplyEvents replies,
            EventLogReader log,
            Signal signal,
            PublishedSubscriptions subscriptions) {
        return new DeliveryEngine.Stores(
                owner, leases, books, deliveries, deadLetters, runs, names, replies, log, signal, subscriptions);
    }

    @Bean
    DeliveryLoops deliveryLoops(
            DeliveryEngine.Stores stores,
            FunctionCaller functions,
            PublishedSchema schema,
            DeliverySettings settings,
            Clock clock) {
        return new DeliveryLoops(
                () -> new DeliveryEngine(stores, functions, settings, clock, new Random()),
                stores.leases(),
                schema,
                settings,
                clock);
    }
}
