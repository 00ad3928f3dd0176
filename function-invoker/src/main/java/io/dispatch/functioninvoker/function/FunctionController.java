package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.function.Function;
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

/** {@code /v1/function}. */
@RestController
@RequestMapping("/v1/function")
@Tag(name = "functions", description = "Code at an address, called for events")
class FunctionController {

    private static final String KIND = "function";
    private static final String NAME = "functionName";

    private final FunctionRegistry registry;
    private final FunctionStates states;
    private final FunctionSpecs specs;

    FunctionController(FunctionRegistry registry, FunctionStates states, FunctionSpecs specs) {
        this.registry = registry;
        this.states = states;
        this.specs = specs;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createFunction", summary = "Makes a function")
    ResponseEntity<Function> create(Caller caller, @Valid @RequestBody Function function) {
        FunctionRow row = registry.create(caller.organization(), function);
        return answer(HttpStatus.CREATED, row, new FunctionStates.Shown(Status.INITIALIZED, null));
    }

    @GetMapping
    @Operation(operationId = "listFunctions", summary = "Lists functions by name")
    List<Function> list(Caller caller, TagFilter tags) {
        return registry.all(caller.organization()).stream()
                .map(this::shown)
                .filter(function -> tags.matches(function.tags()))
                .toList();
    }

    @GetMapping("/{functionName}")
    @Operation(operationId = "getFunction", summary = "Shows a function and its state")
    ResponseEntity<Function> get(
            Caller caller, @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name, TagFilter tags) {
        FunctionRow row = find(caller, name, tags);
        return ResponseEntity.ok().eTag(Etag.of(row.version())).body(shown(row));
    }

    @PutMapping("/{functionName}")
    @Operation(operationId = "updateFunction", summary = "Replaces a function")
    ResponseEntity<Function> update(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags,
            @Valid @RequestBody Function function) {
        find(caller, name, tags);
        FunctionRow row = registry.update(caller.organization(), name, ifMatch, function);
        return answer(HttpStatus.OK, row, new FunctionStates.Shown(Status.UPDATING, null));
    }

    @DeleteMapping("/{functionName}")
    @Operation(
            operationId = "deleteFunction",
            summary = "Deletes a function",
            description = "Its runs stay readable until they are too old; subscriptions that name it wait for another.")
    ResponseEntity<Function> delete(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags) {
        find(caller, name, tags);
        FunctionRow row = registry.delete(caller.organization(), name, ifMatch);
        return answer(HttpStatus.OK, row, new FunctionStates.Shown(Status.DELETING, null));
    }

    /** One that the tags do not let through is not there. */
    private FunctionRow find(Caller caller, String name, TagFilter tags) {
        FunctionRow row = registry.get(caller.organization(), name);
        if (!tags.matches(specs.read(row).spec().tags())) {
            throw ApiException.notFound(KIND, name);
        }
        return row;
    }

    private ResponseEntity<Function> answer(HttpStatus status, FunctionRow row, FunctionStates.Shown state) {
        return ResponseEntity.status(status).eTag(Etag.of(row.version())).body(wire(row, state));
    }

    private Function shown(FunctionRow row) {
        return wire(row, states.of(specs.read(row)));
    }

    private Function wire(FunctionRow row, FunctionStates.Shown state) {
        return specs.read(row)
                .spec()
                .observed(
                        row.id(),
                        state.status(),
                        state.reason(),
                        UnixSeconds.of(row.createdAt()),
                        UnixSeconds.of(row.modifiedAt()));
    }
}
