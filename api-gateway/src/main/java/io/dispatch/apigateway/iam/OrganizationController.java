package io.dispatch.apigateway.iam;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.iam.Organization;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Organizations: platform administrators make and see all of them, others see the one they are in. */
@Tag(name = "iam")
@RestController
@RequestMapping("/v1/iam/organization")
class OrganizationController {

    static final String KIND = "organization";

    private final IdentityStore store;
    private final CurrentDirectory directory;
    private final PlatformAdministration administration;
    private final Clock clock;

    OrganizationController(
            IdentityStore store, CurrentDirectory directory, PlatformAdministration administration, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.administration = administration;
        this.clock = clock;
    }

    @Operation(operationId = "addOrganization", summary = "Make an organization")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Organization> add(@RequestAttribute Identity identity, @Valid @RequestBody Organization desired) {
        administration.require(identity, "makes organizations");
        if (store.organizations().findByName(desired.name()).isPresent()) {
            throw ApiException.alreadyExists(KIND, desired.name());
        }
        return answer(HttpStatus.CREATED, save(new OrganizationEntity(desired.name(), clock.instant())));
    }

    @Operation(operationId = "getOrganizations", summary = "List the organizations that the caller may see")
    @GetMapping
    List<Organization> list(@RequestAttribute Identity identity, Caller caller) {
        boolean seesAll = administration.includes(identity);
        return store.organizations().findAllByOrderByName().stream()
                .filter(organization -> seesAll || organization.name().equals(caller.organization()))
                .map(organization -> organization.asWire(Status.READY))
                .toList();
    }

    @Operation(operationId = "getOrganization", summary = "Show an organization")
    @GetMapping("/{organizationName}")
    ResponseEntity<Organization> get(
            @RequestAttribute Identity identity,
            Caller caller,
            @PathVariable("organizationName") @Pattern(regexp = Names.PATH) String name) {
        if (!name.equals(caller.organization()) && !administration.includes(identity)) {
            throw ApiException.notFound(KIND, name);
        }
        return answer(HttpStatus.OK, find(name));
    }

    @Operation(
            operationId = "updateOrganization",
            summary = "Replace an organization",
            description = "It is nothing but its name, which stays: nothing changes.")
    @PutMapping("/{organizationName}")
    ResponseEntity<Organization> update(
            @RequestAttribute Identity identity,
            IfMatch ifMatch,
            @PathVariable("organizationName") @Pattern(regexp = Names.PATH) String name,
            @Valid @RequestBody Organization desired) {
        administration.require(identity, "changes organizations");
        Renaming.refuse(KIND, name, desired.name());
        OrganizationEntity organization = find(name);
        ifMatch.check(KIND, name, organization.version());
        return answer(HttpStatus.OK, organization);
    }

    @Operation(operationId = "deleteOrganization", summary = "Delete an organization with its accounts and policies")
    @DeleteMapping("/{organizationName}")
    Organization delete(
            @RequestAttribute Identity identity,
            IfMatch ifMatch,
            @PathVariable("organizationName") @Pattern(regexp = Names.PATH) String name) {
        administration.require(identity, "deletes organizations");
        OrganizationEntity organization = find(name);
        ifMatch.check(KIND, name, organization.version());
        if (identity instanceof Identity.Account account
                && account.organization().equals(name)) {
            throw ApiException.of(
                    HttpStatus.CONFLICT,
                    "organization %s holds the account %s that asks for its end, and nobody might get in any more: ask as an account of another organization"
                            .formatted(name, account.name()));
        }
        store.organizations().delete(organization);
        directory.refresh();
        return organization.asWire(Status.DELETING);
    }

    private OrganizationEntity find(String name) {
        return store.organizations().findByName(name).orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    private OrganizationEntity save(OrganizationEntity organization) {
        try {
            OrganizationEntity saved = store.organizations().save(organization);
            directory.refresh();
            return saved;
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, organization.name(), e);
        }
    }

    private static ResponseEntity<Organization> answer(HttpStatus status, OrganizationEntity organization) {
        return ResponseEntity.status(status)
                .eTag(Etag.of(organization.version()))
                .body(organization.asWire(Status.READY));
    }
}
