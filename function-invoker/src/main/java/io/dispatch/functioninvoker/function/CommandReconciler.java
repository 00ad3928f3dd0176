package io.dispatch.functioninvoker.function;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Compares what should run with what runs: every few seconds, since secrets change too, and on each change at once. */
@Component
class CommandReconciler {

    private final @Nullable Commands commands;
    private final Functions functions;
    private final FunctionSpecs specs;
    private final FunctionStates states;

    CommandReconciler(Optional<Commands> commands, Functions functions, FunctionSpecs specs, FunctionStates states) {
        this.commands = commands.orElse(null);
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
        if (commands != null) {
            commands.reconcile(functions.findAll().stream()
                    .map(specs::read)
                    .filter(function -> function.spec().command() != null)
                    .toList());
        }
    }
}
