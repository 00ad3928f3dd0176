package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.event.LegacyEvent;
import io.dispatch.contracts.function.FunctionSchema;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.call.CallResult.Succeeded;
import io.dispatch.functioninvoker.source.Schemas;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds what a function takes and gives against its schema: what it is not made for it does not see. */
final class SchemaRules {

    private static final String NOTHING = "null";

    private final Schemas schemas = new Schemas();

    /**
     * Makes a call if its payload keeps {@code schema.in}, and lets it succeed if its answer keeps {@code schema.out}.
     *
     * @param schema of the function, or null
     */
    CallResult hold(@Nullable FunctionSchema schema, Event event, Supplier<CallResult> call) {
        if (schema == null) {
            return call.get();
        }
        String payload = Objects.requireNonNullElse(LegacyEvent.of(event).data(), NOTHING);
        Optional<String> wrongPayload = schemas.violation(schema.in(), payload);
        if (wrongPayload.isPresent()) {
            return failed(CallResult.INPUT_ERROR, "the payload breaks schema.in: " + wrongPayload.get(), null);
        }
        CallResult result = call.get();
        if (!(result instanceof Succeeded succeeded)) {
            return result;
        }
        return schemas.violation(schema.out(), Objects.requireNonNullElse(succeeded.output(), NOTHING))
                .<CallResult>map(
                        why -> failed(CallResult.FUNCTION_ERROR, "the answer breaks schema.out: " + why, succeeded))
                .orElse(succeeded);
    }

    private static Failed failed(String type, String message, @Nullable Succeeded but) {
        return new Failed(
                Cause.FUNCTION,
                type,
                message,
                null,
                null,
                null,
                but == null ? null : but.output(),
                but == null ? null : but.logs());
    }
}
