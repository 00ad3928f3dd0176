package io.dispatch.functioninvoker.run;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps a slice of table {@code run} ready for each day around now, and drops the days that are too old: a day's runs cost
 * nothing to remove.
 */
@Component
class RunRetention {

    private static final Logger log = LoggerFactory.getLogger(RunRetention.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String PREFIX = "run_";
    private static final int DAYS_AHEAD = 3;

    /** Two replicas at once would trip over each other, and nobody's delivery may wait long for a slice. */
    private static final String PATIENCE = "set local lock_timeout = '2s'";

    private static final String ALONE = "select pg_advisory_xact_lock(hashtext('function_invoker.run slices'))";

    private static final String SLICES = """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = 'function_invoker.run'::regclass""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DirectRuns directRuns;
    private final RunSettings settings;
    private final Clock clock;

    RunRetention(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DirectRuns directRuns,
            RunSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.directRuns = directRuns;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes what is missing and drops what is too old; before anything is delivered, and then every hour. */
    @PostConstruct
    void keep() {
        Instant oldest = clock.instant().minus(settings.keep());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        transaction.executeWithoutResult(_ -> {
            jdbc.sql(PATIENCE).update();
            jdbc.sql(ALONE).query().listOfRows();
            for (LocalDate day = today.minusDays(1); !day.isAfter(today.plusDays(DAYS_AHEAD)); day = day.plusDays(1)) {
                jdbc.sql("""
                        create table if not exists function_invoker.%s partition of function_invoker.run
                        for values from ('%s 00:00+00') to ('%s 00:00+00')""".formatted(PREFIX + DAY.format(day), day, day.plusDays(1)))
                        .update();
            }
            for (String slice :
                    jdbc.sql(SLICES).query((row, _) -> row.getString(1)).list()) {
                day(slice)
                        .filter(day -> day.plusDays(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                                .isBefore(oldest))
                        .ifPresent(_ ->
                                jdbc.sql("drop table function_invoker." + slice).update());
            }
        });
        directRuns.drop(oldest);
    }

    @Scheduled(initialDelay = 3_600_000, fixedDelay = 3_600_000)
    void keepOn() {
        try {
            keep();
        } catch (DataAccessException | TransactionException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("old runs could not be dropped, trying again in an hour");
        }
    }

    /** The day of a slice that this class has made. */
    private static Optional<LocalDate> day(String slice) {
        try {
            return slice.startsWith(PREFIX)
                    ? Optional.of(LocalDate.parse(slice.substring(PREFIX.length()), DAY))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
