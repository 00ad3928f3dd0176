package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.run.RunId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Dead letters by their ids.
 *
 * @param deliveries with attempt 0
 */
record DeadLetterIds(String organization, List<RunId> deliveries) implements DeadLetterSelection {

    @Override
    public String where() {
        return """
            where d.organization = :organization and d.redriven_at is null
              and (d.partition, d."offset", d.subscription) in (
                  select * from unnest(:partitions::smallint[], :offsets::bigint[], :subscriptions::bigint[]))""";
    }

    @Override
    public JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement) {
        return statement
                .param("organization", organization)
                .param(
                        "partitions",
                        deliveries.stream()
                                .map(id -> (short) id.position().partition())
                                .toArray(Short[]::new))
                .param(
                        "offsets",
                        deliveries.stream().map(id -> id.position().offset()).toArray(Long[]::new))
                .param(
                        "subscriptions",
                        deliveries.stream().map(RunId::subscription).toArray(Long[]::new));
    }
}
