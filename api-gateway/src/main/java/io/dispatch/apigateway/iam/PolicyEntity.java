package io.dispatch.apigateway.iam;

import io.dispatch.contracts.Status;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.iam.Policy;
import io.dispatch.contracts.iam.PolicyRule;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_gateway.policy}. */
@Entity
@Table(schema = "api_gateway", name = "policy")
class PolicyEntity {

    @Id
    private UUID id;

    private String organization;

    private String name;

    private boolean global;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<PolicyRule> rules;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "modified_at")
    private Instant modifiedAt;

    @Version
    private @Nullable Long version;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected PolicyEntity() {}

    PolicyEntity(String organization, Policy desired, Instant now) {
        this.id = UUID.randomUUID();
        this.organization = organization;
        this.name = desired.name();
        this.global = desired.holdsEverywhere();
        this.rules = List.copyOf(desired.rules());
        this.createdAt = now;
        this.modifiedAt = now;
    }

    String organization() {
        return organization;
    }

    String name() {
        return name;
    }

    boolean global() {
        return global;
    }

    List<PolicyRule> rules() {
        return rules;
    }

    long version() {
        return version == null ? 0 : version;
    }

    /** Replaces all but the name; what says the same as before leaves it as it was, version and time included. */
    void change(Policy desired, Instant now) {
        if (global == desired.holdsEverywhere() && rules.equals(desired.rules())) {
            return;
        }
        global = desired.holdsEverywhere();
        rules = List.copyOf(desired.rules());
        modifiedAt = now;
    }

    Policy asWire(Status status) {
        return new Policy(
                name,
                rules,
                global ? true : null,
                "Policy",
                id,
                status,
                UnixSeconds.of(createdAt),
                UnixSeconds.of(modifiedAt));
    }
}
