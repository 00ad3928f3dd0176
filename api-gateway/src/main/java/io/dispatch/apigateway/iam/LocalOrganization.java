package io.dispatch.apigateway.iam;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** In local mode there is an organization from the start, so that nobody has to make one to begin. */
@Component
@ConditionalOnProperty("dispatch.local-mode")
class LocalOrganization {

    /** Its name. */
    private static final String NAME = "dispatch";

    private final IdentityStore store;
    private final CurrentDirectory directory;
    private final Clock clock;

    LocalOrganization(IdentityStore store, CurrentDirectory directory, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.clock = clock;
    }

    @EventListener(ApplicationStartedEvent.class)
    void make() {
        if (store.organizations().findByName(NAME).isPresent()) {
            return;
        }
        try {
            store.organizations().save(new OrganizationEntity(NAME, clock.instant()));
        } catch (DataIntegrityViolationException e) {
            // Another replica has made it at the same moment, which is as good.
            return;
        }
        directory.refresh();
    }
}
