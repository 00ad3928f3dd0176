package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.subscription.Subscription;
import io.dispatch.eventmanager.log.LogSettingsStore;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.dispatch.http.TagFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/event/subscriptions}. */
@RestController
@RequestMapping("/v1/event/subscriptions")
@Tag(name = "Subscriptions", description = "Which events run which function.")
@ApiResponse(
        responseCode = "400",
        description = "The request makes no sense; the message says where.",
        content = @Content(schema = @Schema(implementation = ErrorBody.class)))
class SubscriptionController {
    private static final String NOT_FOUND = "The organization has no subscription of this name.";
    private static final String NAME_RULE = "A field, parameter or name breaks its rule; `code` is 601 to 606.";

    private final Subscriptions subscriptions;
    private final MadeUpName madeUpName;
    private final LogSettingsStore log;

    SubscriptionController(Subscriptions subscriptions, MadeUpName madeUpName, LogSettingsStore log) {
        this.subscriptions = subscriptions;
        this.madeUpName = madeUpName;
        this.log = log;
    }

    @Operation(
            operationId = "createSubscription",
            summary = "Create a subscription",
            description =
                    "Once this is answered, every later event of the type runs the function. With `startTime` so does"
                            + " every earlier one that the log holds from then on, each once.")
    @ApiResponse(
            responseCode = "201",
            description = "The subscription, in status CREATING.",
            headers =
                    @Header(
                            name = LogSettingsStore.HEADER,
                            description =
                                    "With `startTime`: which events the log holds: `matched` or `all` (`/v1/event/log`).",
                            schema = @Schema(type = "string")),
            useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "409",
            description = "The name is taken.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "422",
            description = NAME_RULE,
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "429",
            description = "It is to start in the past, and too many replays are under way.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @PostMapping
    ResponseEntity<Subscription> create(
            @Valid @RequestBody Subscription wanted, @Parameter(hidden = true) Caller caller) {
        DeliveryRules.check(wanted.delivery());
        String name = wanted.name() == null ? madeUpName.next() : wanted.name();
        try {
            SubscriptionEntity created = subscriptions.create(caller.organization(), name, wanted);
            var answer = ResponseEntity.status(HttpStatus.CREATED).eTag(Etag.of(created.version()));
            if (wanted.startTime() != null) {
                answer.header(LogSettingsStore.HEADER, log.header(caller.organization()));
            }
            return answer.body(created.toWire(Status.CREATING));
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(SubscriptionEntity.KIND, name, e);
        }
    }

    @Operation(operationId = "listSubscriptions", summary = "List subscriptions, by name")
    @ApiResponse(responseCode = "200", description = "The organization's subscriptions.")
    @GetMapping
    List<Subscription> list(@Parameter(hidden = true) TagFilter filter, @Parameter(hidden = true) Caller caller) {
        return subscriptions.list(caller.organization()).stream()
                .filter(subscription -> filter.matches(subscription.tags()))
                .map(subscription -> subscription.toWire(Status.READY))
                .toList();
    }

    @Operation(operationId = "getSubscription", summary = "Read a subscription")
    @ApiResponse(responseCode = "200", description = "The subscription; `ETag` is its version.")
    @ApiResponse(
            responseCode = "404",
            description = NOT_FOUND,
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @GetMapping("/{subscriptionName}")
    ResponseEntity<Subscription> get(
            @PathVariable("subscriptionName") @Pattern(regexp = Names.PATH) String name,
            @Parameter(hidden = true) TagFilter filter,
            @Parameter(hidden = true) Caller caller) {
        return answer(HttpStatus.OK, find(caller, name, filter), Status.READY);
    }

    @Operation(
            operationId = "replaceSubscription",
            summary = "Replace a subscription",
            description =
                    "All but the name becomes what is sent; what is not sent is gone. `paused` and `delivery` hold"
                            + " within a second for each call that has not begun.")
    @ApiResponse(responseCode = "200", description = "The subscription, in status UPDATING.")
    @ApiResponse(
            responseCode = "404",
            description = NOT_FOUND,
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "412",
            description = "It has changed since; `ETag` tells the version it is at.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "422",
            description = NAME_RULE,
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @PutMapping("/{subscriptionName}")
    ResponseEntity<Subscription> replace(
            @PathVariable("subscriptionName") @Pattern(regexp = Names.PATH) String name,
            @Valid @RequestBody Subscription wanted,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) TagFilter filter,
            @Parameter(hidden = true) Caller caller) {
        DeliveryRules.check(wanted.delivery());
        find(caller, name, filter);
        if (wanted.name() != null && !wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body is \"%s\", but subscription %s cannot be renamed: create another and delete this one"
                            .formatted(wanted.name(), name));
        }
        return answer(
                HttpStatus.OK, subscriptions.replace(caller.organization(), name, wanted, ifMatch), Status.UPDATING);
    }

    @Operation(
            operationId = "deleteSubscription",
            summary = "Delete a subscription",
            description = "What is still owed to it ends as dead letters.")
    @ApiResponse(responseCode = "200", description = "The subscription as it was, in status DELETING.")
    @ApiResponse(
            responseCode = "404",
            description = NOT_FOUND,
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @ApiResponse(
            responseCode = "412",
            description = "It has changed since; `ETag` tells the version it is at.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @DeleteMapping("/{subscriptionName}")
    ResponseEntity<Subscription> delete(
            @PathVariable("subscriptionName") @Pattern(regexp = Names.PATH) String name,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) TagFilter filter,
            @Parameter(hidden = true) Caller caller) {
        find(caller, name, filter);
        return answer(HttpStatus.OK, subscriptions.delete(caller.organization(), name, ifMatch), Status.DELETING);
    }

    /** One that the filter does not let through is not there. */
    private SubscriptionEntity find(Caller caller, String name, TagFilter filter) {
        return subscriptions
                .find(caller.organization(), name)
                .filter(subscription -> filter.matches(subscription.tags()))
                .orElseThrow(() -> ApiException.notFound(SubscriptionEntity.KIND, name));
    }

    private static ResponseEntity<Subscription> answer(
            HttpStatus httpStatus, SubscriptionEntity subscription, Status status) {
        return ResponseEntity.status(httpStatus)
                .eTag(Etag.of(subscription.version()))
                .body(subscription.toWire(status));
    }
}
