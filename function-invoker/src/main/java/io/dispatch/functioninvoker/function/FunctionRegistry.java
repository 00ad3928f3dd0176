package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.function.Function;
import io.dispatch.http.ApiException;
import io.dispatch.http.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes functions; each act is one transaction, and acts on calls at once. */
@Component
class FunctionRegistry {

    private static final String KIND = "function";

    private final Functions functions;
    private final FunctionRules rules;
    private final FunctionSpecs specs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    FunctionRegistry(
            Functions functions,
            FunctionRules rules,
            FunctionSpecs specs,
            ApplicationEventPublisher events,
            Clock clock) {
        this.functions = functions;
        this.rules = rules;
        this.specs = specs;
        this.events = events;
        this.clock = clock;
    }

    /** @throws ApiException 400 or 422 for what cannot be a function, 409 if there is one of that name */
    FunctionRow create(String organization, Function wanted) {
        rules.check(wanted);
        if (functions.findByOrganizationAndName(organization, wanted.name()).isPresent()) {
            throw ApiException.alreadyExists(KIND, wanted.name());
        }
        var row = new FunctionRow(UUID.randomUUID(), organization, wanted.name(), specs.write(wanted), now());
        try {
            return announced(functions.save(row));
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, wanted.name()); // made by somebody else since
        }
    }

    List<FunctionRow> all(String organization) {
        return functions.findByOrganizationOrderByName(organization);
    }

    /** @throws ApiException 404 if there is none */
    FunctionRow get(String organization, String name) {
        return functions
                .findByOrganizationAndName(organization, name)
                .orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    /** @throws ApiException 400 or 422 for what cannot be this function, 404 if there is none, 412 if it has changed */
    FunctionRow update(String organization, String name, IfMatch ifMatch, Function wanted) {
        FunctionRow row = get(organization, name);
        ifMatch.check(KIND, name, row.version());
        if (!wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body must be %s as in the path, but was %s: a function cannot be renamed"
                            .formatted(name, wanted.name()));
        }
        rules.check(wanted);
        row.become(specs.write(wanted), now());
        return announced(functions.save(row));
    }

    /** @throws ApiException 404 if there is none, 412 if it has changed */
    FunctionRow delete(String organization, String name, IfMatch ifMatch) {
        FunctionRow row = get(organization, name);
        ifMatch.check(KIND, name, row.version());
        functions.delete(row);
        return announced(row);
    }

    private FunctionRow announced(FunctionRow row) {
        events.publishEvent(new FunctionChanged(row.id(), row.organization(), row.name()));
        return row;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
