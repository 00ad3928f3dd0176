package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.function.Function;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Functions by name for those who call them: remembered for a second, so that a busy function costs one look a second and a
 * change made by another replica acts within one. A change made here acts at once. Safe for any thread.
 */
@Component
public class FunctionLookup {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final Functions functions;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<Key, Seen> seen = new ConcurrentHashMap<>();

    FunctionLookup(Functions functions, JsonMapper json, Clock clock) {
        this.functions = functions;
        this.json = json;
        this.clock = clock;
    }

    /** The function of this name as it is now, or empty if there is none. */
    public Optional<FunctionVersion> find(String organization, String name) {
        Key key = new Key(organization, name);
        Seen last = seen.get(key);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.until())) {
            return last.function();
        }
        Optional<FunctionVersion> found =
                functions.findByOrganizationAndName(organization, name).map(this::version);
        if (seen.size() >= MOST) {
            seen.clear();
        }
        seen.put(key, new Seen(found, now.plus(FRESH)));
        return found;
    }

    /** To be called after a change was committed. */
    void forget(String organization, String name) {
        seen.remove(new Key(organization, name));
    }

    FunctionVersion version(FunctionRow row) {
        return new FunctionVersion(
                row.id(), row.organization(), row.version(), json.readValue(row.spec(), Function.class));
    }

    private record Key(String organization, String name) {}

    private record Seen(Optional<FunctionVersion> function, Instant until) {}
}
