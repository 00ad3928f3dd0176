package io.dispatch.drivermanager.checkpoint;

import io.dispatch.contracts.Names;
import io.dispatch.drivermanager.driver.DriverIdentities;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Etag;
import io.dispatch.http.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/event/drivers/{name}/state/{key}}: documents of at most 64 KiB, changed by compare-and-set, so that an old process
 * of a driver never overwrites what a newer one has written.
 */
@RestController
@RequestMapping("/v1/event/drivers/{driverName}/state/{key}")
@Tag(name = "checkpoints", description = "Small documents in which drivers keep their progress")
class CheckpointController {

    private static final String KIND = "checkpoint";
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_CONTENT_TYPE = 128;
    private static final String KEY = "^[a-z0-9][a-z0-9.\\-]{0,63}$";

    private final Checkpoints checkpoints;
    private final DriverIdentities drivers;

    CheckpointController(Checkpoints checkpoints, DriverIdentities drivers) {
        this.checkpoints = checkpoints;
        this.drivers = drivers;
    }

    @GetMapping
    @Operation(operationId = "getCheckpoint", summary = "Shows a checkpoint")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes as they were written",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> get(
            Caller caller,
            @PathVariable("driverName") @Pattern(regexp = Names.DOTTED) String name,
            @PathVariable("key") @Pattern(regexp = KEY) String key) {
        Checkpoint checkpoint = checkpoints
                .find(drivers.reachedBy(caller, name), key)
                .orElseThrow(() -> ApiException.notFound(KIND, key));
        return ResponseEntity.ok()
                .eTag(Etag.of(checkpoint.version()))
                .header(HttpHeaders.CONTENT_TYPE, checkpoint.contentType())
                .body(checkpoint.content());
    }

    @PutMapping(consumes = MediaType.ALL_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "updateCheckpoint",
            summary = "Writes a checkpoint",
            description = "If-Match: the version that is replaced; If-None-Match: * for the first one.")
    ResponseEntity<Void> put(
            Caller caller,
            @PathVariable("driverName") @Pattern(regexp = Names.DOTTED) String name,
            @PathVariable("key") @Pattern(regexp = KEY) String key,
            IfMatch ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @Parameter(hidden = true)
                    @RequestHeader(
                            name = HttpHeaders.CONTENT_TYPE,
                            defaultValue = MediaType.APPLICATION_OCTET_STREAM_VALUE)
                    String contentType,
            @RequestBody byte[] content) {
        checkSize(key, contentType, content);
        UUID driver = drivers.reachedBy(caller, name);
        Optional<Checkpoint> present = checkpoints.find(driver, key);
        OptionalLong written;
        if (present.isEmpty()) {
            if (ifMatch.header() != null) {
                throw ApiException.of(
                        HttpStatus.PRECONDITION_FAILED,
                        "checkpoint %s does not exist, so If-Match fails".formatted(key));
            }
            written = checkpoints.create(driver, key, contentType, content);
        } else {
            long version = present.get().version();
            if (ifNoneMatch != null) {
                throw ApiException.preconditionFailed(KIND, key, version);
            }
            ifMatch.check(KIND, key, version);
            written = checkpoints.replace(driver, key, version, contentType, content);
        }
        return ResponseEntity.noContent()
                .eTag(Etag.of(written.orElseThrow(() -> overtaken(key))))
                .build();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteCheckpoint", summary = "Deletes a checkpoint: the driver starts over")
    ResponseEntity<Void> delete(
            Caller caller,
            @PathVariable("driverName") @Pattern(regexp = Names.DOTTED) String name,
            @PathVariable("key") @Pattern(regexp = KEY) String key,
            IfMatch ifMatch) {
        UUID driver = drivers.reachedBy(caller, name);
        long version = checkpoints
                .find(driver, key)
                .orElseThrow(() -> ApiException.notFound(KIND, key))
                .version();
        ifMatch.check(KIND, key, version);
        if (!checkpoints.delete(driver, key, version)) {
            throw overtaken(key);
        }
        return ResponseEntity.noContent().build();
    }

    private static void checkSize(String key, String contentType, byte[] content) {
        if (content.length > MAX_BYTES) {
            throw ApiException.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "checkpoint %s has %d bytes, but at most %d are kept".formatted(key, content.length, MAX_BYTES));
        }
        if (contentType.length() > MAX_CONTENT_TYPE) {
            throw ApiException.badRequest(
                    "Content-Type in header should be at most %d chars long".formatted(MAX_CONTENT_TYPE));
        }
    }

    private static ApiException overtaken(String key) {
        return ApiException.of(
                HttpStatus.PRECONDITION_FAILED,
                "checkpoint %s was changed by somebody else at the same time: read it again".formatted(key));
    }
}
