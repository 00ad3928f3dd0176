package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.function.Function;
import io.dispatch.functioninvoker.source.SourceArchive;
import io.dispatch.functioninvoker.source.Sources;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Functions with their sources: each write is one transaction, committed when it returns. */
@Component
class FunctionStore {

    private final Functions functions;
    private final Sources sources;
    private final FunctionSpecs specs;
    private final Clock clock;

    FunctionStore(Functions functions, Sources sources, FunctionSpecs specs, Clock clock) {
        this.functions = functions;
        this.sources = sources;
        this.specs = specs;
        this.clock = clock;
    }

    List<FunctionRow> all(String organization) {
        return functions.findByOrganizationOrderByName(organization);
    }

    Optional<FunctionRow> find(String organization, String name) {
        return functions.findByOrganizationAndName(organization, name);
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException if there is one of that name */
    @Transactional
    FunctionRow add(String organization, Function wanted, @Nullable SourceArchive source) {
        return write(
                new FunctionRow(UUID.randomUUID(), organization, wanted.name(), specs.write(wanted), now()), source);
    }

    /** Whether a function already is what a client wants. */
    boolean is(FunctionRow row, Function wanted, @Nullable SourceArchive source) {
        return specs.isSame(row.spec(), specs.write(wanted)) && sources.is(row.organization(), row.id(), source);
    }

    /** @throws org.springframework.dao.OptimisticLockingFailureException if it has changed since it was read */
    @Transactional
    FunctionRow change(FunctionRow row, Function wanted, @Nullable SourceArchive source) {
        row.become(specs.write(wanted), now());
        return write(row, source);
    }

    /** Its source goes with it. */
    @Transactional
    void remove(FunctionRow row) {
        functions.delete(row);
    }

    private FunctionRow write(FunctionRow row, @Nullable SourceArchive source) {
        FunctionRow written = functions.saveAndFlush(row); // a source needs the row it belongs to
        sources.put(written.organization(), written.id(), source);
        return written;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
