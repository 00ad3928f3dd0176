package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.function.Function;
import io.dispatch.functioninvoker.source.SourceArchive;
import io.dispatch.functioninvoker.source.SourceReader;
import io.dispatch.http.ApiException;
import io.dispatch.http.IfMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes functions; each act is one transaction, and acts on calls at once. */
@Component
class FunctionRegistry {

    private static final String KIND = "function";

    private final FunctionStore functions;
    private final FunctionRules rules;
    private final SourceReader sources;
    private final ApplicationEventPublisher events;

    FunctionRegistry(
            FunctionStore functions, FunctionRules rules, SourceReader sources, ApplicationEventPublisher events) {
        this.functions = functions;
        this.rules = rules;
        this.sources = sources;
        this.events = events;
    }

    /** @throws ApiException 400 or 422 for what cannot be a function, 409 if there is one of that name */
    FunctionRow create(String organization, Function wanted) {
        rules.check(wanted);
        if (functions.find(organization, wanted.name()).isPresent()) {
            throw ApiException.alreadyExists(KIND, wanted.name());
        }
        @Nullable SourceArchive source = sources.read(wanted);
        try {
            return announced(functions.add(organization, wanted, source));
        } catch (DataIntegrityViolationException e) {
            throw ApiException.alreadyExists(KIND, wanted.name(), e);
        }
    }

    List<FunctionRow> all(String organization) {
        return functions.all(organization);
    }

    /** @throws ApiException 404 if there is none */
    FunctionRow get(String organization, String name) {
        return functions.find(organization, name).orElseThrow(() -> ApiException.notFound(KIND, name));
    }

    /**
     * Replaces it. What says the same as before, its source included, leaves it as it was: its version, its time and its
     * program.
     *
     * @throws ApiException 400 or 422 for what cannot be this function, 404 if there is none, 412 if it has changed
     */
    FunctionRow update(String organization, String name, IfMatch ifMatch, Function wanted) {
        FunctionRow row = get(organization, name);
        ifMatch.check(KIND, name, row.version());
        if (!wanted.name().equals(name)) {
            throw ApiException.badRequest(
                    "name in body must be %s as in the path, but was %s: a function cannot be renamed"
                            .formatted(name, wanted.name()));
        }
        rules.check(wanted);
        @Nullable SourceArchive source = sources.read(wanted);
        return functions.is(row, wanted, source) ? row : announced(functions.change(row, wanted, source));
    }

    /** @throws ApiException 404 if there is none, 412 if it has changed */
    FunctionRow delete(String organization, String name, IfMatch ifMatch) {
        FunctionRow row = get(organization, name);
        ifMatch.check(KIND, name, row.version());
        functions.remove(row);
        return announced(row);
    }

    private FunctionRow announced(FunctionRow row) {
        events.publishEvent(new FunctionChanged(row.id(), row.organization(), row.name()));
        return row;
    }
}
