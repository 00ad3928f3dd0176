package io.dispatch.functioninvoker.function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dispatch.vault.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Secrets by name for those who call functions: remembered for a second. Safe for any thread. */
@Component
public class SecretLookup {

    private final Secrets secrets;
    private final Cache<Key, Secrets.Lookup> seen = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofSeconds(1))
            .maximumSize(10_000)
            .build();

    SecretLookup(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The keys of all these secrets in one map; of equal keys the later secret's counts. */
    public Values values(String organization, Collection<String> names) {
        SortedMap<String, String> values = new TreeMap<>();
        List<String> reasons = new ArrayList<>();
        for (String name : names) {
            switch (seen.get(new Key(organization, name), key -> secrets.read(key.organization(), key.name()))) {
                case Secrets.Lookup.Found found -> values.putAll(found.values().byKey());
                case Secrets.Lookup.Missing _ -> reasons.add("secret %s not found".formatted(name));
                case Secrets.Lookup.Unreadable _ ->
                    reasons.add("secret %s cannot be opened with the key of this installation".formatted(name));
            }
        }
        return new Values(values, reasons);
    }

    /**
     * What was found.
     *
     * @param byKey of those that are there
     * @param reasons one sentence for each that is not; empty when all are there
     */
    public record Values(SortedMap<String, String> byKey, List<String> reasons) {

        /** Shows no value. */
        @Override
        public String toString() {
            return "Values[%s, %s]".formatted(byKey.keySet(), reasons);
        }
    }

    private record Key(String organization, String name) {}
}
