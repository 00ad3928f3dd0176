package io.dispatch.apigateway.iam;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.iam.ServiceAccount;
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

/** The service accounts of the caller's organization. */
@Tag(name = "iam")
@RestController
@RequestMapping("/v1/iam/serviceaccount")
class ServiceAccountController {

    private static final String KIND = "service account";

    private final IdentityStore store;
    private final CurrentDirectory directory;
    private final PlatformAdministration administration;
    private final Clock clock;

    ServiceAccountController(
            IdentityStore store, CurrentDirectory directory, PlatformAdministration administration, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.administration = administration;
        this.clock = clock;
    }

    @Operation(operationId = "addServiceAccount", summary = "Make a service account")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ServiceAccount> add(
            @RequestAttribute Identity identity, Caller caller, @Valid @RequestBody ServiceAccount desired) {
        RsaKey.parse(desired.publicKey());
        store.requireOrganization(caller.organization());
        administration.requireForAccount(identity, caller.organization(), desired.name());
        if (store.accounts()
                .findByOrganizationAndName(caller.organization(), desired.name())
                .isPresent()) {
            throw ApiException.alreadyExists(KIND, desired.name());
        }
        return answer(
                HttpStatus.CREATED, save(new ServiceAccountEntity(caller.organization(), desired, clock.instant())));
    }

    @Operation(operationId = "getServiceAccounts", summary = "List the organization's service accounts")
    @GetMapping
    List<ServiceAccount> list(Caller caller) {
        return store.accounts().findAllByOrganizationOrderByName(caller.organization()).stream()
                .map(account -> account.asWire(Status.READY))
                .toList();
    }

    @Operation(operationId = "getServiceAccount", summary = "Show a service account")
    @GetMapping("/{serviceAccountName}")
    ResponseEntity<ServiceAccount> get(
            Caller caller, @PathVariable("serviceAccountName") @Pattern(regexp = Names.DOTTED) String name) {
        return answer(HttpStatus.OK, find(caller, name));
    }

    @Operation(operationId = "updateServiceAccount", summary = "Replace a service account, and so its key")
    @PutMapping("/{serviceAccountName}")
    ResponseEntity<ServiceAccount> update(
            @RequestAttribute Identity identity,
            Caller caller,
            IfMatch ifMatch,
            @PathVariable("serviceAccountName") @Pattern(regexp = Names.DOTTED) String name,
            @Valid @RequestBody ServiceAccount desired) {
        RsaKey.parse(desired.publicKey());
        Renaming.refuse(KIND, name, desired.name());
        ServiceAccountEntity account = find(caller, name);
        administration.requireForAccount(identity, caller.organization(), name);
        ifMatch.check(KIND, name, account.version());
        account.change(desired, clock.instant());
        return answer(HttpStatus.OK, save(account));
    }

    @Operation(operationId = "deleteServiceAccount", summary = "Delete a service account; its tokens stop working")
    @DeleteMapping("/{serviceAccountName}")
    ServiceAccount delete(
            @RequestAttribute Identity identity,
            Caller caller,
            IfMatch ifMatch,
            @PathVariable("serviceAccountName") @Pattern(regexp = Names.DOTTED) String name) {
        ServiceAccountEntity account = find(caller, name);
        administration.requireForAccount(identity, caller.organization(), name);
        ifMatch.check(KIND, name, account.version());
        store.accounts().delete(account);
        directory.refresh();
        return account.asWire(Status.DELETING);
    }

    private ServiceAccountEntity find(Caller caller, String name) {
        return store.accounts()
                .findByOrganizationAndName(caller.organization(), name)
                .orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    private ServiceAccountEntity save(ServiceAccountEntity account) {
        try {
            ServiceAccountEntity saved = store.accounts().save(account);
            directory.refresh();
            return saved;
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, account.name(), e);
        }
    }

    private static ResponseEntity<ServiceAccount> answer(HttpStatus status, ServiceAccountEntity account) {
        return ResponseEntity.status(status).eTag(Etag.of(account.version())).body(account.asWire(Status.READY));
    }
}
