package io.dispatch.functioninvoker.function;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Compares what should run with what runs: every few seconds, since secrets change too, and on each change at once. */
@Component
class ProgramReconciler {

    private final @Nullable Programs programs;
    private final Functions functions;
    private final FunctionSpecs specs;
    private final FunctionStates states;

    ProgramReconciler(Optional<Programs> programs, Functions functions, FunctionSpecs specs, FunctionStates states) {
        this.programs = programs.orElse(null);
        this.functions = functions;
        this.specs = specs;
        this.states = states;
    }

    @EventListener
    void on(FunctionChanged change) {
        states.forget(change.id());
        reconcile();
    }

    @Scheduled(fixedDelay = 5_000)
    void reconcile() {
        if (programs != null) {
            programs.reconcile(() -> functions.findAll().stream()
                    .map(specs::read)
                    .filter(FunctionVersion::isProgram)
                    .toList());
        }
    }
}
