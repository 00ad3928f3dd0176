package io.dispatch.functioninvoker.image;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** What is kept and not built: its key, its version, and what the client wants as JSON. */
@MappedSuperclass
abstract class KeptSpec {

    @Id
    private UUID id;

    @SuppressWarnings("UnusedVariable") // part of the key: written, and read by queries only
    private String organization;

    @SuppressWarnings("UnusedVariable") // part of the key: written, and read by queries only
    private String name;

    @Version
    private @Nullable Long version;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String spec;

    private Instant createdAt;
    private Instant modifiedAt;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected KeptSpec() {}

    KeptSpec(UUID id, String organization, String name, String spec, Instant now) {
        this.id = id;
        this.organization = organization;
        this.name = name;
        this.spec = spec;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    void become(String newSpec, Instant now) {
        spec = newSpec;
        modifiedAt = now;
    }

    UUID id() {
        return id;
    }

    /** 0 until it is stored. */
    long version() {
        return version == null ? 0 : version;
    }

    String spec() {
        return spec;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant modifiedAt() {
        return modifiedAt;
    }
}
