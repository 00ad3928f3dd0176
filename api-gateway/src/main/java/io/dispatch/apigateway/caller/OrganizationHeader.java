package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.iam.Identity;
import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.Route;
import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.Names;
import io.dispatch.http.ApiException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Which organization a request is about. Safe for use by many threads. */
@Component
class OrganizationHeader {

    /** The header that names it. */
    static final String NAME = "X-Dispatch-Org";

    /** The organization of whoever names none, in local mode; it is there from the start. */
    static final String DEFAULT = "dispatch";

    private static final Pattern FORM = Pattern.compile(Names.PATH);

    private final AccessMode mode;

    OrganizationHeader(AccessMode mode) {
        this.mode = mode;
    }

    /**
     * The organization.
     *
     * @throws ApiException 422 if it is missing where it must be sent, or is no name; 400 if several are sent; 403 if a
     *     driver names another than its own
     */
    String of(RequestHead request, Route route, Identity identity) {
        List<String> sent = request.headers(NAME);
        if (sent.size() > 1) {
            throw ApiException.badRequest(
                    "%s in header must be sent once, but was sent %d times".formatted(NAME, sent.size()));
        }
        String organization = sent.isEmpty() ? "" : sent.getFirst();
        if (organization.length() > Names.RESOURCE_MAX) {
            throw ApiException.invalid(
                    ErrorCode.TOO_LONG,
                    NAME,
                    organization,
                    "%s in header should be at most %d chars long".formatted(NAME, Names.RESOURCE_MAX));
        }
        if (!organization.isEmpty() && !FORM.matcher(organization).matches()) {
            throw ApiException.invalid(
                    ErrorCode.PATTERN,
                    NAME,
                    organization,
                    "%s in header should match '%s'".formatted(NAME, Names.PATH));
        }
        return switch (identity) {
            case Identity.Driver driver -> own(driver, organization);
            case Identity.Account account ->
                organization.isEmpty() ? absent(route, account.organization()) : organization;
            case Identity.LocalUser _, Identity.BootstrapUser _ ->
                organization.isEmpty() ? absent(route, DEFAULT) : organization;
        };
    }

    private String absent(Route route, String otherwise) {
        if (mode.strict() && !route.template().equals(AuthController.PATH)) {
            throw ApiException.missing(NAME, "header");
        }
        return otherwise;
    }

    private static String own(Identity.Driver driver, String sent) {
        if (!sent.isEmpty() && !sent.equals(driver.organization())) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "%s belongs to another organization than %s".formatted(driver.subject(), sent));
        }
        return driver.organization();
    }
}
