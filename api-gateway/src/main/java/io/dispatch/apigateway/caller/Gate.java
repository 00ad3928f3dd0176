package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.iam.CurrentDirectory;
import io.dispatch.apigateway.iam.Identity;
import io.dispatch.apigateway.route.Access;
import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.RequestPath;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Decides whether a request may pass, in the original's order (contract section 2.5): credential, content type,
 * organization, policy. Safe for use by many threads.
 */
@Component
public class Gate {

    private final Credentials credentials;
    private final CurrentDirectory directory;
    private final OrganizationHeader organizations;
    private final AccessMode mode;

    Gate(Credentials credentials, CurrentDirectory directory, OrganizationHeader organizations, AccessMode mode) {
        this.credentials = credentials;
        this.directory = directory;
        this.organizations = organizations;
        this.mode = mode;
    }

    /**
     * Lets a request pass, or not.
     *
     * @return who is calling and for whom, or empty on a route that is open to everybody
     * @throws ApiException 401, 415, 422 or 403 if it may not pass
     */
    public Optional<Admission> admit(RequestHead request, Route route, RequestPath path) {
        if (route.access() == Access.OPEN) {
            return Optional.empty();
        }
        Identity identity = credentials.identify(request, route);
        ContentType.check(request, route);
        String organization = organizations.of(request, route, identity);
        return Optional.of(admit(identity, organization, request.method(), route, path));
    }

    /** Whether {@link #admit} can tell without a question to the database and without checking a signature. */
    public boolean isQuick(RequestHead request) {
        return credentials.isKnown(request);
    }

    /**
     * Lets somebody who is known pass.
     *
     * @throws ApiException 403 if no policy allows it
     */
    Admission admit(Identity identity, String organization, String method, Route route, RequestPath path) {
        String action = route.onlyReads() ? "get" : action(method);
        boolean allowed = switch (identity) {
            case Identity.LocalUser _ -> true;
            case Identity.BootstrapUser _ ->
                route.access() == Access.AUTHENTICATED || route.resource().equals("iam");
            case Identity.Driver driver -> exists(organization) && isForDriver(driver, route, path);
            case Identity.Account account ->
                exists(organization)
                        && (route.access() == Access.AUTHENTICATED
                                || directory.get().scope(account, organization).allows(route.resource(), action));
        };
        if (!allowed) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "%s may not %s %s in organization %s: no policy allows it"
                            .formatted(identity.subject(), action, route.resource(), organization));
        }
        return new Admission(
                identity,
                new Caller(organization, identity.subject(), directory.get().scope(identity, organization)));
    }

    /** Whether an account's policies may speak of it; in open local mode any name is an organization. */
    private boolean exists(String organization) {
        return mode.open() || directory.get().hasOrganization(organization);
    }

    private static boolean isForDriver(Identity.Driver driver, Route route, RequestPath path) {
        return switch (route.access()) {
            case DRIVER -> true;
            case POLICY_OR_OWN_DRIVER ->
                route.variable(Routes.DRIVER_NAME, path).equals(Optional.of(driver.name()));
            case OPEN, AUTHENTICATED, POLICY -> false;
        };
    }

    private static String action(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT", "PATCH" -> "update";
            case "DELETE" -> "delete";
            default -> "get";
        };
    }
}
