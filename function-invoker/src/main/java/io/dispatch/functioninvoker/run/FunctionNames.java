package io.dispatch.functioninvoker.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A number for each function name that was ever called; owns table {@code function_name}. Safe for any thread. */
@Component
public class FunctionNames {

    private static final String FIND = """
            select number from function_invoker.function_name where organization = :organization and name = :name""";

    private static final String ADD = """
            insert into function_invoker.function_name (organization, name) values (:organization, :name)
            on conflict do nothing""";

    private final JdbcClient jdbc;
    private final Cache<Key, Long> numbers =
            Caffeine.newBuilder().maximumSize(100_000).build();

    FunctionNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of a name, given to it now if it has none. Numbers never change. */
    public long number(String organization, String name) {
        return Objects.requireNonNull(numbers.get(new Key(organization, name), this::load));
    }

    private long load(Key key) {
        return jdbc.sql(FIND)
                .param("organization", key.organization())
                .param("name", key.name())
                .query(Long.class)
                .optional()
                .orElseGet(() -> add(key));
    }

    private long add(Key key) {
        jdbc.sql(ADD)
                .param("organization", key.organization())
                .param("name", key.name())
                .update();
        return jdbc.sql(FIND)
                .param("organization", key.organization())
                .param("name", key.name())
                .query(Long.class)
                .single();
    }

    private record Key(String organization, String name) {}
}
