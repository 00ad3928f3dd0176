package io.dispatch.functioninvoker.image;

import io.dispatch.functioninvoker.kept.KeptSpec;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A base image as it is kept. */
@Entity
@Table(schema = "function_invoker", name = "base_image")
class BaseImageRow extends KeptSpec {

    /** For Hibernate. */
    protected BaseImageRow() {}

    BaseImageRow(UUID id, String organization, String name, String spec, Instant now) {
        super(id, organization, name, spec, now);
    }
}
