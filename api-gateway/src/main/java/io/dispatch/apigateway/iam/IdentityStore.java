package io.dispatch.apigateway.iam;

import io.dispatch.http.ApiException;
import org.springframework.stereotype.Component;

/**
 * The tables behind {@code /v1/iam}.
 *
 * @param organizations every organization
 * @param accounts every service account
 * @param policies every policy
 */
@Component
record IdentityStore(
        OrganizationRepository organizations, ServiceAccountRepository accounts, PolicyRepository policies) {

    /** All there is; read in one transaction, it is of one moment. */
    Directory directory() {
        return new Directory(organizations.findAll(), accounts.findAll(), policies.findAll());
    }

    /**
     * Refuses to keep what belongs to no organization.
     *
     * @throws ApiException 404 if there is no such organization
     */
    void requireOrganization(String name) {
        if (organizations.findByName(name).isEmpty()) {
            throw ApiException.notFound(OrganizationController.KIND, name);
        }
    }
}
