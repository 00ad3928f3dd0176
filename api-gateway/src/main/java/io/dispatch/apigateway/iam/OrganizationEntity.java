package io.dispatch.apigateway.iam;

import io.dispatch.contracts.Status;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.iam.Organization;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_gateway.organization}. */
@Entity
@Table(schema = "api_gateway", name = "organization")
class OrganizationEntity {

    @Id
    private UUID id;

    private String name;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "modified_at")
    private Instant modifiedAt;

    @Version
    private @Nullable Long version;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected OrganizationEntity() {}

    OrganizationEntity(String name, Instant now) {
        this.id = UUID.randomUUID();
        this.name = name;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    String name() {
        return name;
    }

    long version() {
        return version == null ? 0 : version;
    }

    Organization asWire(Status status) {
        return new Organization(
                name, "Organization", id, status, UnixSeconds.of(createdAt), UnixSeconds.of(modifiedAt));
    }
}
