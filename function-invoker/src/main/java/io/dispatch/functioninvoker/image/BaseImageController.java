package io.dispatch.functioninvoker.image;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.image.BaseImage;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.dispatch.http.TagFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/baseimage}. */
@RestController
@RequestMapping("/v1/baseimage")
@Tag(name = "images", description = "Images and base images: kept, not built")
class BaseImageController {

    private static final String KIND = "base image";
    private static final String NAME = "baseImageName";

    private final BaseImages baseImages;
    private final JsonMapper json;
    private final Clock clock;

    BaseImageController(BaseImages baseImages, JsonMapper json, Clock clock) {
        this.baseImages = baseImages;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createBaseImage", summary = "Keeps a base image")
    ResponseEntity<BaseImage> create(Caller caller, @Valid @RequestBody BaseImage wanted) {
        if (baseImages
                .findByOrganizationAndName(caller.organization(), wanted.name())
                .isPresent()) {
            throw ApiException.alreadyExists(KIND, wanted.name());
        }
        var row = new BaseImageRow(UUID.randomUUID(), caller.organization(), wanted.name(), spec(wanted), now());
        try {
            return answer(HttpStatus.CREATED, baseImages.save(row), Status.INITIALIZED);
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, wanted.name(), e);
        }
    }

    @GetMapping
    @Operation(operationId = "listBaseImages", summary = "Lists base images by name")
    List<BaseImage> list(Caller caller, TagFilter tags) {
        return baseImages.findByOrganizationOrderByName(caller.organization()).stream()
                .map(row -> wire(row, Status.READY))
                .filter(one -> tags.matches(one.tags()))
                .toList();
    }

    @GetMapping("/{baseImageName}")
    @Operation(operationId = "getBaseImage", summary = "Shows a base image")
    ResponseEntity<BaseImage> get(
            Caller caller, @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name, TagFilter tags) {
        BaseImageRow row = row(caller, name, tags);
        return answer(HttpStatus.OK, row, Status.READY);
    }

    @PutMapping("/{baseImageName}")
    @Operation(operationId = "updateBaseImage", summary = "Replaces a base image")
    ResponseEntity<BaseImage> update(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags,
            @Valid @RequestBody BaseImage wanted) {
        BaseImageRow row = row(caller, name, tags);
        ifMatch.check(KIND, name, row.version());
        if (!wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body must be %s as in the path, but was %s: a base image cannot be renamed"
                            .formatted(name, wanted.name()));
        }
        if (wanted(row).equals(wanted.desired())) {
            return answer(HttpStatus.OK, row, Status.READY);
        }
        row.become(spec(wanted), now());
        return answer(HttpStatus.OK, baseImages.save(row), Status.READY);
    }

    @DeleteMapping("/{baseImageName}")
    @Operation(operationId = "deleteBaseImage", summary = "Deletes a base image")
    ResponseEntity<BaseImage> delete(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags) {
        BaseImageRow row = row(caller, name, tags);
        ifMatch.check(KIND, name, row.version());
        baseImages.delete(row);
        return answer(HttpStatus.OK, row, Status.DELETING);
    }

    /** One that the tags do not let through is not there. */
    private BaseImageRow row(Caller caller, String name, TagFilter tags) {
        return baseImages
                .findByOrganizationAndName(caller.organization(), name)
                .filter(row -> tags.matches(wanted(row).tags()))
                .orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    private ResponseEntity<BaseImage> answer(HttpStatus code, BaseImageRow row, Status status) {
        return ResponseEntity.status(code).eTag(Etag.of(row.version())).body(wire(row, status));
    }

    private BaseImage wire(BaseImageRow row, Status status) {
        return wanted(row)
                .observed(row.id(), status, UnixSeconds.of(row.createdAt()), UnixSeconds.of(row.modifiedAt()));
    }

    private BaseImage wanted(BaseImageRow row) {
        return json.readValue(row.spec(), BaseImage.class);
    }

    private String spec(BaseImage wanted) {
        return json.writeValueAsString(wanted.desired());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
