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

    private static final String LOCAL_ONLY = "functions that are commands or sources run in local mode only";

    private final @Nullable Programs programs;
    private final @Nullable Turns turns;
    private final SecretLookup secrets;
    private final Map<UUID, String> silent = new ConcurrentHashMap<>();

    FunctionStates(Optional<Programs> programs, SecretLookup secrets) {
        this.programs = programs.orElse(null);
        this.turns = programs.map(Turns::new).orElse(null);
        this.secrets = secrets;
    }

    /** Waits until a function takes a call, where it takes one at a time; see {@link Turn}. */
    public Turn turn(FunctionVersion function) {
        if (function.spec().endpoint() != null) {
            return Turn.Open.at(URI.create(function.spec().endpoint()));
        }
        return turns == null ? new Turn.Closed(LOCAL_ONLY) : turns.take(function.id());
    }

    /** Why a function's program does not take calls; empty for one that is no program. */
    private Optional<String> programReason(FunctionVersion function) {
        if (!function.isProgram()) {
            return Optional.empty();
        }
        return programs == null ? Optional.of(LOCAL_ONLY) : programs.reason(function.id());
    }

    /** A call got an answer, whatever it said. */
    public void answered(FunctionVersion function) {
        if (!silent.isEmpty()) {
            silent.remove(function.id());
        }
    }

    /**
     * A call got no answer. A source's program is replaced for it, so that this says nothing about the next call.
     *
     * @return why, with what was done about it
     */
    public String unanswered(FunctionVersion function, Turn.Open turn, String reason) {
        turn.onSilence().run();
        if (function.isSource()) {
            return reason + "; the function's process was replaced";
        }
        silent.put(function.id(), reason);
        return reason;
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
        Optional<String> program = programReason(function);
        if (program.isPresent()) {
            boolean starting = programs != null && programs.isStarting(function.id());
            return new Shown(starting ? Status.CREATING : Status.ERROR, List.of(program.get()));
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
