package io.dispatch.drivermanager.secret;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.secret.Secret;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.dispatch.http.TagFilter;
import io.dispatch.vault.SecretValues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/secret}. */
@RestController
@RequestMapping("/v1/secret")
@Tag(name = "secrets", description = "Named values, encrypted at rest and masked on read")
class SecretController {

    private static final String KIND = "secret";
    private static final String NAME = "secretName";

    private final SecretRegistry registry;

    SecretController(SecretRegistry registry) {
        this.registry = registry;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createSecret", summary = "Makes a secret")
    ResponseEntity<Secret> create(Caller caller, @Valid @RequestBody Secret secret) {
        return answer(HttpStatus.CREATED, caller, registry.create(caller.organization(), secret));
    }

    @GetMapping
    @Operation(operationId = "listSecrets", summary = "Lists secrets by name")
    List<Secret> list(Caller caller, TagFilter tags) {
        return registry.all(caller.organization()).stream()
                .map(stored -> shown(caller, stored))
                .filter(secret -> tags.matches(secret.tags()))
                .toList();
    }

    @GetMapping("/{secretName}")
    @Operation(
            operationId = "getSecret",
            summary = "Shows a secret",
            description = "Values are shown as " + Secret.MASK + " unless the caller has the action reveal on secret.")
    ResponseEntity<Secret> get(
            Caller caller, @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name, TagFilter tags) {
        return answer(HttpStatus.OK, caller, find(caller, name, tags));
    }

    @PutMapping("/{secretName}")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "updateSecret",
            summary = "Replaces the values of a secret",
            description =
                    "A value of " + Secret.MASK + " keeps what is there. Drivers that use the secret start again.")
    ResponseEntity<Secret> update(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags,
            @Valid @RequestBody Secret secret) {
        find(caller, name, tags);
        return answer(HttpStatus.CREATED, caller, registry.update(caller.organization(), name, ifMatch, secret));
    }

    @DeleteMapping("/{secretName}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteSecret", summary = "Deletes a secret")
    ResponseEntity<Void> delete(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags) {
        find(caller, name, tags);
        registry.delete(caller.organization(), name, ifMatch);
        return ResponseEntity.noContent().build();
    }

    /** One that the tags do not let through is not there. */
    private StoredSecret find(Caller caller, String name, TagFilter tags) {
        StoredSecret stored = registry.get(caller.organization(), name);
        if (!tags.matches(registry.tags(stored))) {
            throw ApiException.notFound(KIND, name);
        }
        return stored;
    }

    private ResponseEntity<Secret> answer(HttpStatus status, Caller caller, StoredSecret stored) {
        return ResponseEntity.status(status).eTag(Etag.of(stored.version())).body(shown(caller, stored));
    }

    private Secret shown(Caller caller, StoredSecret stored) {
        return new Secret(
                stored.name(),
                values(registry.values(stored), caller.may("secret", "reveal")),
                registry.tags(stored),
                stored.id(),
                "Secret");
    }

    private static @Nullable Map<String, String> values(@Nullable SecretValues values, boolean reveal) {
        if (values == null) {
            return null;
        }
        Map<String, String> shown = new TreeMap<>(values.byKey());
        if (!reveal) {
            shown.replaceAll((_, _) -> Secret.MASK);
        }
        return shown;
    }
}
