package io.dispatch.drivermanager.driver;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A driver as it is kept: its key, its version, what the client wants as JSON, and the image its type named then. */
@Entity
@Table(schema = "driver_manager", name = "driver")
class StoredDriver {

    @Id
    private UUID id;

    private String organization;
    private String name;

    @Version
    private @Nullable Long version;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String spec;

    private String image;
    private boolean deleting;
    private Instant createdAt;
    private Instant modifiedAt;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected StoredDriver() {}

    StoredDriver(UUID id, String organization, String name, Instant now) {
        this.id = id;
        this.organization = organization;
        this.name = name;
        this.spec = "{}";
        this.image = "";
        this.createdAt = now;
        this.modifiedAt = now;
    }

    StoredDriver become(String newSpec, String newImage, Instant now) {
        spec = newSpec;
        image = newImage;
        modifiedAt = now;
        return this;
    }

    void delete(Instant now) {
        deleting = true;
        modifiedAt = now;
    }

    UUID id() {
        return id;
    }

    String organization() {
        return organization;
    }

    String name() {
        return name;
    }

    /** 0 when it is new. */
    long version() {
        return version == null ? 0 : version;
    }

    String spec() {
        return spec;
    }

    String image() {
        return image;
    }

    /** Whether its process is being stopped and the row then goes. */
    boolean isDeleting() {
        return deleting;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant modifiedAt() {
        return modifiedAt;
    }
}
