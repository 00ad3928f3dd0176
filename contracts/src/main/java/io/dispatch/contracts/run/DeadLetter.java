package io.dispatch.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.dispatch.contracts.RawJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that nobody will retry by itself.
 *
 * @param id of the delivery: what its calls carried as {@code Idempotency-Key}
 * @param event the event that was to be delivered
 * @param subscription the subscription's name when the delivery died
 * @param function the function's name when the delivery died
 * @param reason why it died
 * @param attempts how often it was tried
 * @param lastAnswer what the function answered last, or null if it never did
 * @param diedAt when it died
 */
@Schema(name = "DeadLetter", description = "A delivery that nobody will retry by itself.")
public record DeadLetter(
        UUID id,
        DeadEvent event,
        String subscription,
        String function,
        String reason,
        int attempts,
        @Nullable LastAnswer lastAnswer,
        Instant diedAt) {

    /**
     * Which event it was.
     *
     * @param id the sender's
     * @param source the sender's
     * @param type the sender's
     * @param eventId the platform's own id
     */
    @Schema(name = "DeadEvent")
    public record DeadEvent(String id, String source, String type, UUID eventId) {}

    /**
     * An answer.
     *
     * @param status of HTTP, or null where none came
     * @param body bounded, or null
     */
    @Schema(name = "LastAnswer")
    @JsonInclude(Include.NON_NULL)
    public record LastAnswer(
            @Nullable Integer status, @Nullable RawJson body) {}
}
