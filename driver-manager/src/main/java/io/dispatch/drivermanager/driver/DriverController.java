package io.dispatch.drivermanager.driver;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.driver.Driver;
import io.dispatch.drivermanager.runtime.LocalRuntime;
import io.dispatch.drivermanager.runtime.Observation;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.dispatch.http.TagFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.util.List;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/event/drivers}. */
@RestController
@RequestMapping("/v1/event/drivers")
@Tag(name = "drivers", description = "Running programs that bring events in")
class DriverController {

    private static final String NAME = "driverName";

    private final DriverRegistry registry;
    private final DriverRows rows;
    private final Reconciler reconciler;
    private final LocalRuntime runtime;

    DriverController(DriverRegistry registry, DriverRows rows, Reconciler reconciler, LocalRuntime runtime) {
        this.registry = registry;
        this.rows = rows;
        this.reconciler = reconciler;
        this.runtime = runtime;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createDriver", summary = "Makes a driver, which starts at once")
    ResponseEntity<Driver> create(Caller caller, @Valid @RequestBody Driver driver) {
        StoredDriver stored = registry.create(caller.organization(), driver);
        return answer(HttpStatus.CREATED, stored, wire(stored, Status.CREATING, null));
    }

    @GetMapping
    @Operation(operationId = "listDrivers", summary = "Lists drivers by name")
    List<Driver> list(Caller caller, TagFilter tags) {
        return registry.all(caller.organization()).stream()
                .map(this::shown)
                .filter(driver -> tags.matches(driver.tags()))
                .toList();
    }

    @GetMapping("/{driverName}")
    @Operation(operationId = "getDriver", summary = "Shows a driver and its state")
    ResponseEntity<Driver> get(
            Caller caller, @PathVariable(NAME) @Pattern(regexp = Names.DOTTED) String name, TagFilter tags) {
        StoredDriver stored = find(caller, name, tags);
        return answer(HttpStatus.OK, stored, shown(stored));
    }

    @PutMapping("/{driverName}")
    @Operation(
            operationId = "updateDriver",
            summary = "Replaces a driver, which starts again if that changes what it runs",
            description = "It takes the image that its type names now.")
    ResponseEntity<Driver> update(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.DOTTED) String name,
            IfMatch ifMatch,
            TagFilter tags,
            @Valid @RequestBody Driver driver) {
        find(caller, name, tags);
        StoredDriver stored = registry.update(caller.organization(), name, ifMatch, driver);
        return answer(HttpStatus.OK, stored, wire(stored, Status.UPDATING, null));
    }

    @DeleteMapping("/{driverName}")
    @Operation(operationId = "deleteDriver", summary = "Stops a driver and deletes it with its checkpoints")
    ResponseEntity<Driver> delete(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.DOTTED) String name,
            IfMatch ifMatch,
            TagFilter tags) {
        find(caller, name, tags);
        StoredDriver stored = registry.delete(caller.organization(), name, ifMatch);
        return answer(HttpStatus.OK, stored, wire(stored, Status.DELETING, null));
    }

    @GetMapping("/{driverName}/logs")
    @Operation(
            operationId = "listDriverLogs",
            summary = "Shows the last lines a driver printed",
            description = "Oldest first; the values of its secrets are shown as <hidden>.")
    List<String> logs(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.DOTTED) String name,
            @RequestParam(name = "limit", defaultValue = "100") @Min(1) @Max(1000) int limit)
            throws IOException {
        return runtime.lastLines(registry.get(caller.organization(), name).id(), limit);
    }

    /** One that the tags do not let through is not there. */
    private StoredDriver find(Caller caller, String name, TagFilter tags) {
        StoredDriver stored = registry.get(caller.organization(), name);
        if (!tags.matches(rows.wanted(stored).tags())) {
            throw ApiException.notFound(DriverRegistry.KIND, name);
        }
        return stored;
    }

    private static ResponseEntity<Driver> answer(HttpStatus status, StoredDriver stored, Driver driver) {
        return ResponseEntity.status(status).eTag(Etag.of(stored.version())).body(driver);
    }

    private Driver shown(StoredDriver stored) {
        if (stored.isDeleting()) {
            return wire(stored, Status.DELETING, null);
        }
        return switch (reconciler.observation(stored)) {
            case Observation.Pending _ -> wire(stored, stored.version() == 0 ? Status.CREATING : Status.UPDATING, null);
            case Observation.Ready _ -> wire(stored, Status.READY, null);
            case Observation.Failed failed -> wire(stored, Status.ERROR, failed.reasons());
        };
    }

    private Driver wire(StoredDriver stored, Status status, @Nullable List<String> reason) {
        return rows.wanted(stored).observed(status, reason, stored.createdAt(), stored.modifiedAt());
    }
}
