package io.dispatch.drivermanager.drivertype;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.driver.DriverType;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.dispatch.http.TagFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
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

/** {@code /v1/event/drivertypes}. */
@RestController
@RequestMapping("/v1/event/drivertypes")
@Tag(name = "driver types", description = "Kinds of drivers")
class DriverTypeController {

    private static final String KIND = "event driver type";
    private static final String NAME = "driverTypeName";

    private final DriverTypes types;

    DriverTypeController(DriverTypes types) {
        this.types = types;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createDriverType", summary = "Makes a driver type")
    ResponseEntity<DriverType> create(Caller caller, @Valid @RequestBody DriverType type) {
        return answer(HttpStatus.CREATED, types.create(caller.organization(), type));
    }

    @GetMapping
    @Operation(operationId = "listDriverTypes", summary = "Lists driver types by name")
    List<DriverType> list(Caller caller, TagFilter tags) {
        return types.all(caller.organization()).stream()
                .map(this::shown)
                .filter(type -> tags.matches(type.tags()))
                .toList();
    }

    @GetMapping("/{driverTypeName}")
    @Operation(operationId = "getDriverType", summary = "Shows a driver type")
    ResponseEntity<DriverType> get(
            Caller caller, @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name, TagFilter tags) {
        return answer(HttpStatus.OK, find(caller, name, tags));
    }

    @PutMapping("/{driverTypeName}")
    @Operation(
            operationId = "updateDriverType",
            summary = "Replaces a driver type",
            description = "Drivers of it keep the image they run until they are replaced themselves.")
    ResponseEntity<DriverType> update(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags,
            @Valid @RequestBody DriverType type) {
        find(caller, name, tags);
        return answer(HttpStatus.OK, types.update(caller.organization(), name, ifMatch, type));
    }

    @DeleteMapping("/{driverTypeName}")
    @Operation(
            operationId = "deleteDriverType",
            summary = "Deletes a driver type",
            description = "Drivers of it run on.")
    ResponseEntity<DriverType> delete(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags) {
        find(caller, name, tags);
        return answer(HttpStatus.OK, types.delete(caller.organization(), name, ifMatch));
    }

    /** One that the tags do not let through is not there. */
    private StoredDriverType find(Caller caller, String name, TagFilter tags) {
        StoredDriverType stored = types.get(caller.organization(), name);
        if (!tags.matches(types.wanted(stored).tags())) {
            throw ApiException.notFound(KIND, name);
        }
        return stored;
    }

    private ResponseEntity<DriverType> answer(HttpStatus status, StoredDriverType stored) {
        return ResponseEntity.status(status).eTag(Etag.of(stored.version())).body(shown(stored));
    }

    private DriverType shown(StoredDriverType stored) {
        return types.wanted(stored).shown(stored.createdAt(), stored.modifiedAt());
    }
}
