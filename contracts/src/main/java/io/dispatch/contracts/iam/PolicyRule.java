package io.dispatch.contracts.iam;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Who may do what to which kind of resource; each of them does each of it to each of these.
 *
 * @param subjects service accounts: a bare name means one of the policy's own organization, others are written
 *     {@code organization/account}
 * @param resources kinds as the second segment of their paths has them, such as {@code event}, or {@code *}
 * @param actions {@code get}, {@code create}, {@code update}, {@code delete}, {@code reveal} (secrets),
 *     {@code organization} (on {@code iam}, in a global policy), or {@code *}
 */
@Schema(name = "PolicyRule", description = "Who may do what to which kind of resource.")
public record PolicyRule(
        @NotNull @Size(min = 1, max = 1000)
        List<@NotNull @Size(min = 1, max = 512) @Pattern(regexp = WORD) String> subjects,

        @NotNull @Size(min = 1, max = 64)
        List<@NotNull @Size(min = 1, max = 64) @Pattern(regexp = WORD) String> resources,

        @NotNull @Size(min = 1, max = 64)
        List<@NotNull @Size(min = 1, max = 64) @Pattern(regexp = WORD) String> actions) {

    /** Visible ASCII without blanks: anything the original took that a scope (RFC 6749 section 3.3) can carry. */
    static final String WORD = "^[\\x21\\x23-\\x5B\\x5D-\\x7E]+$";

    /** Copies what it is given; what is missing stays so until it has been validated. */
    public PolicyRule {
        subjects = copy(subjects);
        resources = copy(resources);
        actions = copy(actions);
    }

    @SuppressWarnings("NullAway") // Bean Validation reports what is missing, in the wire's words.
    private static List<String> copy(List<String> words) {
        return words == null || words.contains(null) ? words : List.copyOf(words);
    }
}
