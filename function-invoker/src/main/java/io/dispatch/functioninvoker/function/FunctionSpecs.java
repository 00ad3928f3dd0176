package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** What a client wants of a function, as it is kept. */
@Component
class FunctionSpecs {

    private final JsonMapper json;
    private final ObjectReader exact;

    FunctionSpecs(JsonMapper json) {
        this.json = json;
        this.exact = json.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    String write(Function wanted) {
        return json.writeValueAsString(wanted.desired());
    }

    /** Whether two of them say the same: a schema's members may stand in any order, and do once they are kept. */
    boolean isSame(String spec, String other) {
        return exact.readTree(spec).equals(exact.readTree(other));
    }

    FunctionVersion read(FunctionRow row) {
        return new FunctionVersion(
                row.id(), row.organization(), row.version(), json.readValue(row.spec(), Function.class));
    }
}
