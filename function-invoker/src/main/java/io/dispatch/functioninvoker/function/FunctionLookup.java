package io.dispatch.functioninvoker.function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Functions by name for those who call them: remembered for a second, so that a busy function costs one look a second and a
 * change made by another replica acts within one. A change made here acts at once. Safe for any thread.
 */
@Component
public class FunctionLookup {

    private final Functions functions;
    private final FunctionSpecs specs;
    private final Cache<Key, Optional<FunctionVersion>> seen = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofSeconds(1))
            .maximumSize(10_000)
            .build();

    FunctionLookup(Functions functions, FunctionSpecs specs) {
        this.functions = functions;
        this.specs = specs;
    }

    /** The function of this name as it is now, or empty if there is none. */
    public Optional<FunctionVersion> find(String organization, String name) {
        return seen.get(
                new Key(organization, name),
                _ -> functions.findByOrganizationAndName(organization, name).map(specs::read));
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(FunctionChanged change) {
        seen.invalidate(new Key(change.organization(), change.name()));
    }

    private record Key(String organization, String name) {}
}
