package io.dispatch.drivermanager.secret;

import io.dispatch.contracts.Tag;
import io.dispatch.contracts.secret.Secret;
import io.dispatch.http.ApiException;
import io.dispatch.http.IfMatch;
import io.dispatch.vault.SecretValues;
import io.dispatch.vault.Secrets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes, changes and deletes secrets; each act is one transaction. */
@Component
class SecretRegistry {

    private static final String KIND = "secret";
    private static final TypeReference<@Nullable List<Tag>> TAGS = new TypeReference<>() {};

    private final StoredSecrets stored;
    private final Secrets secrets;
    private final JsonMapper json;
    private final Clock clock;

    SecretRegistry(StoredSecrets stored, Secrets secrets, JsonMapper json, Clock clock) {
        this.stored = stored;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    /** @throws ApiException 400 where a value is the mask, 409 if there is one of that name */
    StoredSecret create(String organization, Secret wanted) {
        if (stored.findByOrganizationAndName(organization, wanted.name()).isPresent()) {
            throw ApiException.alreadyExists(KIND, wanted.name());
        }
        SecretValues values = unmasked(wanted, Map.of());
        var secret = new StoredSecret(
                UUID.randomUUID(),
                organization,
                wanted.name(),
                json.writeValueAsString(Tag.distinct(wanted.tags())),
                secrets.seal(organization, wanted.name(), values),
                now());
        try {
            return stored.save(secret);
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, wanted.name(), e);
        }
    }

    List<StoredSecret> all(String organization) {
        return stored.findByOrganizationOrderByName(organization);
    }

    /** @throws ApiException 404 if there is none */
    StoredSecret get(String organization, String name) {
        return stored.findByOrganizationAndName(organization, name)
                .orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    /**
     * Replaces the values, not the tags. The same values leave it as it was, version and time included.
     *
     * @throws ApiException 400 for another name or a mask where no value is, 404 if there is none, 412 if it has changed, 422
     *     without values
     */
    StoredSecret update(String organization, String name, IfMatch ifMatch, Secret wanted) {
        StoredSecret secret = get(organization, name);
        ifMatch.check(KIND, name, secret.version());
        if (!wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body must be %s as in the path, but was %s: a secret cannot be renamed"
                            .formatted(name, wanted.name()));
        }
        if (wanted.secrets() == null) {
            throw ApiException.missing("secrets", "body");
        }
        @Nullable SecretValues present = values(secret);
        SecretValues values = unmasked(wanted, present == null ? Map.of() : present.byKey());
        if (values.equals(present)) {
            return secret;
        }
        secret.become(secrets.seal(organization, name, values), now());
        return stored.save(secret);
    }

    /** @throws ApiException 404 if there is none, 412 if it has changed */
    void delete(String organization, String name, IfMatch ifMatch) {
        StoredSecret secret = get(organization, name);
        ifMatch.check(KIND, name, secret.version());
        stored.delete(secret);
    }

    /** The values; null when they were sealed with a key that this service does not have. */
    @Nullable
    SecretValues values(StoredSecret secret) {
        try {
            return secrets.open(secret.organization(), secret.name(), secret.ciphertext());
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    @Nullable
    List<Tag> tags(StoredSecret secret) {
        return json.readValue(secret.tags(), TAGS);
    }

    private static SecretValues unmasked(Secret wanted, Map<String, String> present) {
        Map<String, String> values = new TreeMap<>(wanted.secrets() == null ? Map.of() : wanted.secrets());
        values.replaceAll((key, value) -> {
            if (!value.equals(Secret.MASK)) {
                return value;
            }
            @Nullable String kept = present.get(key);
            if (kept == null) {
                throw ApiException.badRequest("secrets.%s in body is %s, which keeps a value, but there is none to keep"
                        .formatted(key, Secret.MASK));
            }
            return kept;
        });
        return SecretValues.of(values);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
