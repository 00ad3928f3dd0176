package io.dispatch.apigateway.iam;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.iam.Policy;
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

/** The policies of the caller's organization. */
@Tag(name = "iam")
@RestController
@RequestMapping("/v1/iam/policy")
class PolicyController {

    private static final String KIND = "policy";

    private final IdentityStore store;
    private final CurrentDirectory directory;
    private final PlatformAdministration administration;
    private final Clock clock;

    PolicyController(
            IdentityStore store, CurrentDirectory directory, PlatformAdministration administration, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.administration = administration;
        this.clock = clock;
    }

    @Operation(operationId = "addPolicy", summary = "Make a policy")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Policy> add(@RequestAttribute Identity identity, Caller caller, @Valid @RequestBody Policy desired) {
        store.requireOrganization(caller.organization());
        requireForGlobal(identity, desired.holdsEverywhere());
        if (store.policies()
                .findByOrganizationAndName(caller.organization(), desired.name())
                .isPresent()) {
            throw ApiException.alreadyExists(KIND, desired.name());
        }
        PolicyEntity policy = save(new PolicyEntity(caller.organization(), desired, clock.instant()));
        return answer(HttpStatus.CREATED, policy, Status.CREATING);
    }

    @Operation(operationId = "getPolicies", summary = "List the organization's policies")
    @GetMapping
    List<Policy> list(Caller caller) {
        return store.policies().findAllByOrganizationOrderByName(caller.organization()).stream()
                .map(policy -> policy.asWire(Status.READY))
                .toList();
    }

    @Operation(operationId = "getPolicy", summary = "Show a policy")
    @GetMapping("/{policyName}")
    ResponseEntity<Policy> get(Caller caller, @PathVariable("policyName") @Pattern(regexp = Names.PATH) String name) {
        return answer(HttpStatus.OK, find(caller, name), Status.READY);
    }

    @Operation(operationId = "updatePolicy", summary = "Replace a policy")
    @PutMapping("/{policyName}")
    ResponseEntity<Policy> update(
            @RequestAttribute Identity identity,
            Caller caller,
            IfMatch ifMatch,
            @PathVariable("policyName") @Pattern(regexp = Names.PATH) String name,
            @Valid @RequestBody Policy desired) {
        Renaming.refuse(KIND, name, desired.name());
        PolicyEntity policy = find(caller, name);
        requireForGlobal(identity, policy.global() || desired.holdsEverywhere());
        ifMatch.check(KIND, name, policy.version());
        policy.change(desired, clock.instant());
        return answer(HttpStatus.OK, save(policy), Status.UPDATING);
    }

    @Operation(operationId = "deletePolicy", summary = "Delete a policy; what it allowed is allowed no more")
    @DeleteMapping("/{policyName}")
    Policy delete(
            @RequestAttribute Identity identity,
            Caller caller,
            IfMatch ifMatch,
            @PathVariable("policyName") @Pattern(regexp = Names.PATH) String name) {
        PolicyEntity policy = find(caller, name);
        requireForGlobal(identity, policy.global());
        ifMatch.check(KIND, name, policy.version());
        store.policies().delete(policy);
        directory.refresh();
        return policy.asWire(Status.DELETING);
    }

    private void requireForGlobal(Identity identity, boolean global) {
        if (global) {
            administration.require(identity, "makes, changes or deletes a global policy");
        }
    }

    private PolicyEntity find(Caller caller, String name) {
        return store.policies()
                .findByOrganizationAndName(caller.organization(), name)
                .orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    private PolicyEntity save(PolicyEntity policy) {
        try {
            PolicyEntity saved = store.policies().save(policy);
            directory.refresh();
            return saved;
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, policy.name(), e);
        }
    }

    private static ResponseEntity<Policy> answer(HttpStatus status, PolicyEntity policy, Status state) {
        return ResponseEntity.status(status).eTag(Etag.of(policy.version())).body(policy.asWire(state));
    }
}
