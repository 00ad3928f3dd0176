package io.dispatch.drivermanager.secret;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A secret as it is kept: its values sealed. */
@Entity
@Table(schema = "vault", name = "secret")
class StoredSecret {

    @Id
    private UUID id;

    private String organization;
    private String name;

    @Version
    private @Nullable Long version;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String tags;

    private byte[] ciphertext;
    private Instant createdAt;
    private Instant modifiedAt;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected StoredSecret() {}

    StoredSecret(UUID id, String organization, String name, String tags, byte[] ciphertext, Instant now) {
        this.id = id;
        this.organization = organization;
        this.name = name;
        this.tags = tags;
        this.ciphertext = ciphertext;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    void become(byte[] newCiphertext, Instant now) {
        ciphertext = newCiphertext;
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

    /** JSON: an array, or {@code null} where the client sent none. */
    String tags() {
        return tags;
    }

    byte[] ciphertext() {
        return ciphertext;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant modifiedAt() {
        return modifiedAt;
    }
}
