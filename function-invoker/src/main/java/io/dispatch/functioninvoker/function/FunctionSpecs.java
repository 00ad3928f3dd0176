package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What a client wants of a function, as it is kept. */
@Component
class FunctionSpecs {

    private final JsonMapper json;

    FunctionSpecs(JsonMapper json) {
        this.json = json;
    }

    String write(Function wanted) {
        return json.writeValueAsString(wanted.desired());
    }

    FunctionVersion read(FunctionRow row) {
        return new FunctionVersion(
                row.id(), row.organization(), row.version(), json.readValue(row.spec(), Function.class));
    }
}
