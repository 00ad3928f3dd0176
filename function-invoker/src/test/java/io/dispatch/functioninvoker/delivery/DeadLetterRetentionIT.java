package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.functioninvoker.InvokerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class DeadLetterRetentionIT extends InvokerTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DeadLetterRetention retention;

    @Test
    void deadLettersGoAfterThirtyDays() {
        String organization = unique("dead");
        jdbc.sql("""
                        insert into function_invoker.dead_letter
                            (partition, "offset", subscription, died_at, accepted_at, attempts, organization,
                             subscription_name, function, reason, type, source, id)
                        select 3, 1000000000 + n, 1, now() - n * interval '10 days' - interval '1 hour', now(), 1, :organization,
                               's', 'f', 'r', 't', '/s', 'id-' || n
                          from generate_series(0, 5) as n""").param("organization", organization).update();

        retention.keep();

        assertThat(jdbc.sql(
                                "select id from function_invoker.dead_letter where organization = :organization order by id")
                        .param("organization", organization)
                        .query(String.class)
                        .list())
                .containsExactly("id-0", "id-1", "id-2");
    }
}
