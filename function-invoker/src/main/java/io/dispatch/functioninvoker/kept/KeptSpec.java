package io.dispatch.functioninvoker.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A resource as it is kept: its key, its version, and what the client wants as JSON. For one thread at a time. */
@MappedSuperclass
public abstract class KeptSpec {

    @Id
    private UUID id;

    private String organization;
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

    /**
     * A new one, not stored yet.
     *
     * @param spec what the client wants, one JSON object
     */
    protected KeptSpec(UUID id, String organization, String name, String spec, Instant now) {
        this.id = id;
        this.organization = organization;
        this.name = name;
        this.spec = spec;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    /** Takes what the client wants now. */
    public void become(String newSpec, Instant now) {
        spec = newSpec;
        modifiedAt = now;
    }

    /** Never changes, and is never used again. */
    public UUID id() {
        return id;
    }

    /** Whose it is. */
    public String organization() {
        return organization;
    }

    /** Unique in the organization, of its kind. */
    public String name() {
        return name;
    }

    /** One more with each change; 0 until it is stored. */
    public long version() {
        return version == null ? 0 : version;
    }

    /** What the client wants, as JSON. */
    public String spec() {
        return spec;
    }

    /** When it was made. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When what the client wants last changed. */
    public Instant modifiedAt() {
        return modifiedAt;
    }
}
