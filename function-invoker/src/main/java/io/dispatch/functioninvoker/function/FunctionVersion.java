package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.function.Function;
import io.dispatch.contracts.function.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A function as it is at one version.
 *
 * @param id of the function; another one after it was deleted and made again
 * @param organization the tenant
 * @param version grows with each change
 * @param spec what the client wants
 */
public record FunctionVersion(UUID id, String organization, long version, Function spec) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** Whether it was made from source, which is kept apart. */
    public boolean isSource() {
        return isProgram() && spec.command() == null;
    }

    /** Whether its code is a program that this service runs: a command, or made from source. */
    boolean isProgram() {
        return spec.endpoint() == null;
    }

    /** How it is called. */
    public Protocol protocol() {
        if (isSource()) {
            return Protocol.DISPATCH;
        }
        return spec.protocol() == null ? Protocol.CLOUDEVENTS : spec.protocol();
    }

    /** The longest that one call may take. */
    public Duration timeout() {
        Duration own = ownTimeout();
        return own == null ? DEFAULT_TIMEOUT : own;
    }

    /** The timeout that its owner set, or null. */
    public @Nullable Duration ownTimeout() {
        return spec.timeout() == null || spec.timeout() == 0 ? null : Duration.ofMillis(spec.timeout());
    }

    /** Names of the secrets whose keys reach it. */
    public List<String> secrets() {
        return spec.secrets() == null ? List.of() : spec.secrets();
    }
}
