package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.Status;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is known of functions from looking at them: where they stand, and whether they answer. Safe for any thread. */
@Component
public class FunctionStates {

    private final @Nullable Commands commands;
    private final SecretLookup secrets;
    private final Map<UUID, String> silent = new ConcurrentHashMap<>();

    FunctionStates(Optional<Commands> commands, SecretLookup secrets) {
        this.commands = commands.orElse(null);
        this.secrets = secrets;
    }

    /** Where a function takes its calls; empty if it is a command whose program cannot be run. */
    public Optional<URI> address(FunctionVersion function) {
        if (function.spec().endpoint() != null) {
            return Optional.of(URI.create(function.spec().endpoint()));
        }
        return commands == null ? Optional.empty() : commands.address(function.id());
    }

    /** Why a command's program does not take calls; empty for everything else. */
    public Optional<String> commandReason(FunctionVersion function) {
        if (function.spec().command() == null) {
            return Optional.empty();
        }
        return commands == null
                ? Optional.of("functions that are commands run in local mode only")
                : commands.reason(function.id());
    }

    /** A call got an answer, whatever it said. */
    public void answered(FunctionVersion function) {
        if (!silent.isEmpty()) {
            silent.remove(function.id());
        }
    }

    /** A call got no answer. */
    public void unanswered(FunctionVersion function, String reason) {
        silent.put(function.id(), reason);
    }

    void forget(UUID function) {
        silent.remove(function);
    }

    /** The state to show, with its reasons. */
    Shown of(FunctionVersion function) {
        List<String> missing =
                secrets.values(function.organization(), function.secrets()).reasons();
        if (!missing.isEmpty()) {
            return new Shown(Status.ERROR, missing);
        }
        Optional<String> command = commandReason(function);
        if (command.isPresent()) {
            boolean starting = commands != null && commands.isStarting(function.id());
            return new Shown(starting ? Status.CREATING : Status.ERROR, List.of(command.get()));
        }
        String unanswered = silent.get(function.id());
        return unanswered == null
                ? new Shown(Status.READY, null)
                : new Shown(Status.ERROR, List.of("the last call got no answer", unanswered));
    }

    /**
     * A state to show.
     *
     * @param reason general first; null where there is nothing to say
     */
    record Shown(Status status, @Nullable List<String> reason) {}
}
