package io.dispatch.apigateway.door;

import io.dispatch.apigateway.caller.Gate;
import io.dispatch.apigateway.forward.Forwarder;
import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.RequestPath;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.http.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Takes emits that the listener has read, by the same rules as the {@link Door}. Safe for use by many threads. */
@Component
class Emits {

    private static final RequestPath PATH = RequestPath.parse(Routes.EMIT);
    private static final Route ROUTE = Routes.find("POST", PATH);

    private final LocalGuard guard;
    private final Gate gate;
    private final Forwarder forwarder;
    private final ErrorAnswer errors;

    Emits(LocalGuard guard, Gate gate, Forwarder forwarder, ErrorAnswer errors) {
        this.guard = guard;
        this.gate = gate;
        this.forwarder = forwarder;
        this.errors = errors;
    }

    /**
     * Takes one emit; never blocks.
     *
     * @param body whole; not to be written to afterwards
     * @return the answer, an error's too; given by a thread that must not be held up
     */
    CompletableFuture<Answer> take(RequestHead head, byte[] body) {
        CompletableFuture<Answer> answer = gate.isQuick(head)
                ? enter(head, body)
                : CompletableFuture.completedFuture(head)
                        .thenComposeAsync(unknown -> enter(unknown, body), Thread::startVirtualThread);
        return answer.exceptionally(failure -> errors.of(ErrorAnswer.reason(cause(failure), Routes.EMIT)));
    }

    private CompletableFuture<Answer> enter(RequestHead head, byte[] body) {
        try {
            guard.check(head);
            Caller caller = gate.admit(head, ROUTE, PATH).orElseThrow().caller();
            return forwarder.emit(head, caller, body);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
