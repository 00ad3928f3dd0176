package io.dispatch.apigateway.iam;

import io.dispatch.contracts.Status;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.iam.ServiceAccount;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_gateway.service_account}. */
@Entity
@Table(schema = "api_gateway", name = "service_account")
class ServiceAccountEntity {

    @Id
    private UUID id;

    private String organization;

    private String name;

    @Column(name = "public_key")
    private String publicKey;

    private @Nullable String domain;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "modified_at")
    private Instant modifiedAt;

    @Version
    private @Nullable Long version;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected ServiceAccountEntity() {}

    ServiceAccountEntity(String organization, ServiceAccount desired, Instant now) {
        this.id = UUID.randomUUID();
        this.organization = organization;
        this.name = desired.name();
        this.publicKey = desired.publicKey();
        this.domain = desired.domain();
        this.createdAt = now;
        this.modifiedAt = now;
    }

    String organization() {
        return organization;
    }

    String name() {
        return name;
    }

    String publicKey() {
        return publicKey;
    }

    long version() {
        return version == null ? 0 : version;
    }

    /** Replaces all but the name; what says the same as before leaves it as it was, version and time included. */
    void change(ServiceAccount desired, Instant now) {
        if (publicKey.equals(desired.publicKey()) && Objects.equals(domain, desired.domain())) {
            return;
        }
        publicKey = desired.publicKey();
        domain = desired.domain();
        modifiedAt = now;
    }

    ServiceAccount asWire(Status status) {
        return new ServiceAccount(
                name,
                publicKey,
                domain,
                "ServiceAccount",
                id,
                status,
                UnixSeconds.of(createdAt),
                UnixSeconds.of(modifiedAt));
    }
}
