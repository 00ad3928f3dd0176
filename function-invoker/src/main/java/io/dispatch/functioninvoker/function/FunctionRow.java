package io.dispatch.functioninvoker.function;

import io.dispatch.functioninvoker.kept.KeptSpec;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A function as it is kept. */
@Entity
@Table(schema = "function_invoker", name = "function")
class FunctionRow extends KeptSpec {

    /** For Hibernate. */
    protected FunctionRow() {}

    FunctionRow(UUID id, String organization, String name, String spec, Instant now) {
        super(id, organization, name, spec, now);
    }
}
