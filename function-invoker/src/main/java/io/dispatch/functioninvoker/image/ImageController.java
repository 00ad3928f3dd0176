package io.dispatch.functioninvoker.image;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.UnixSeconds;
import io.dispatch.contracts.image.BaseImage;
import io.dispatch.contracts.image.Image;
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

/** {@code /v1/image}. */
@RestController
@RequestMapping("/v1/image")
@Tag(name = "images", description = "Images and base images: kept, not built")
class ImageController {

    private static final String KIND = "image";
    private static final String NAME = "imageName";

    private final Images images;
    private final BaseImages baseImages;
    private final JsonMapper json;
    private final Clock clock;

    ImageController(Images images, BaseImages baseImages, JsonMapper json, Clock clock) {
        this.images = images;
        this.baseImages = baseImages;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createImage", summary = "Keeps an image")
    ResponseEntity<Image> create(Caller caller, @Valid @RequestBody Image wanted) {
        if (images.findByOrganizationAndName(caller.organization(), wanted.name())
                .isPresent()) {
            throw ApiException.alreadyExists(KIND, wanted.name());
        }
        var row = new ImageRow(UUID.randomUUID(), caller.organization(), wanted.name(), spec(wanted), now());
        try {
            return answer(HttpStatus.CREATED, images.save(row), caller, Status.INITIALIZED);
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, wanted.name(), e);
        }
    }

    @GetMapping
    @Operation(operationId = "listImages", summary = "Lists images by name")
    List<Image> list(Caller caller, TagFilter tags) {
        return images.findByOrganizationOrderByName(caller.organization()).stream()
                .map(row -> wire(row, caller, Status.READY))
                .filter(one -> tags.matches(one.tags()))
                .toList();
    }

    @GetMapping("/{imageName}")
    @Operation(operationId = "getImage", summary = "Shows an image")
    ResponseEntity<Image> get(
            Caller caller, @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name, TagFilter tags) {
        ImageRow row = row(caller, name, tags);
        return answer(HttpStatus.OK, row, caller, Status.READY);
    }

    @PutMapping("/{imageName}")
    @Operation(operationId = "updateImage", summary = "Replaces an image")
    ResponseEntity<Image> update(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags,
            @Valid @RequestBody Image wanted) {
        ImageRow row = row(caller, name, tags);
        ifMatch.check(KIND, name, row.version());
        if (!wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body must be %s as in the path, but was %s: an image cannot be renamed"
                            .formatted(name, wanted.name()));
        }
        if (wanted(row).equals(wanted.desired())) {
            return answer(HttpStatus.OK, row, caller, Status.READY);
        }
        row.become(spec(wanted), now());
        return answer(HttpStatus.OK, images.save(row), caller, Status.READY);
    }

    @DeleteMapping("/{imageName}")
    @Operation(operationId = "deleteImage", summary = "Deletes an image")
    ResponseEntity<Image> delete(
            Caller caller,
            @PathVariable(NAME) @Pattern(regexp = Names.PATH) String name,
            IfMatch ifMatch,
            TagFilter tags) {
        ImageRow row = row(caller, name, tags);
        ifMatch.check(KIND, name, row.version());
        images.delete(row);
        return answer(HttpStatus.OK, row, caller, Status.DELETING);
    }

    /** One that the tags do not let through is not there. */
    private ImageRow row(Caller caller, String name, TagFilter tags) {
        return images.findByOrganizationAndName(caller.organization(), name)
                .filter(row -> tags.matches(wanted(row).tags()))
                .orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    private ResponseEntity<Image> answer(HttpStatus code, ImageRow row, Caller caller, Status status) {
        return ResponseEntity.status(code).eTag(Etag.of(row.version())).body(wire(row, caller, status));
    }

    private Image wire(ImageRow row, Caller caller, Status status) {
        Image wanted = wanted(row);
        BaseImage base = baseImages
                .findByOrganizationAndName(caller.organization(), wanted.baseImageName())
                .map(found -> json.readValue(found.spec(), BaseImage.class))
                .orElse(null);
        boolean broken = base == null && status == Status.READY;
        return wanted.observed(
                row.id(),
                base,
                broken ? Status.ERROR : status,
                broken ? List.of("base image %s not found".formatted(wanted.baseImageName())) : null,
                UnixSeconds.of(row.createdAt()),
                UnixSeconds.of(row.modifiedAt()));
    }

    private Image wanted(ImageRow row) {
        return json.readValue(row.spec(), Image.class);
    }

    private String spec(Image wanted) {
        return json.writeValueAsString(wanted.desired());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
