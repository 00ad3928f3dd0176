package io.dispatch.apigateway.iam;

import io.dispatch.http.ApiException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Keeps what reaches beyond one organization for the platform's administrators. Safe for use by many threads. */
@Component
class PlatformAdministration {

    private final CurrentDirectory directory;

    PlatformAdministration(CurrentDirectory directory) {
        this.directory = directory;
    }

    /** Whether the caller is one. */
    boolean includes(Identity caller) {
        return directory.get().administersPlatform(caller);
    }

    /**
     * Lets only administrators pass.
     *
     * @param deed what they do, as in "makes organizations"
     * @throws ApiException 403 for others
     */
    void require(Identity caller, String deed) {
        if (!includes(caller)) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "%s is no platform administrator: only one %s".formatted(caller.subject(), deed));
        }
    }

    /**
     * Lets an organization's own administrators change its accounts, but none through which they would reach further.
     *
     * @throws ApiException 403 if a global policy names the account and the caller is no platform administrator
     */
    void requireForAccount(Identity caller, String organization, String account) {
        if (directory.get().actsEverywhere(organization, account)) {
            require(caller, "changes an account that a global policy names");
        }
    }
}
