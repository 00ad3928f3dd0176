package io.dispatch.driver.cron;

import io.dispatch.driver.ConfigurationException;
import io.dispatch.driver.DriverContext;
import io.dispatch.driver.DriverDescription;
import io.dispatch.driver.DriverMain;
import io.dispatch.driver.Options;
import io.dispatch.driver.PollingDriver;
import io.dispatch.driver.PollingSource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits an event whenever one of its schedules is due. */
public final class CronDriver extends PollingDriver {

    private static final Logger LOG = LoggerFactory.getLogger(CronDriver.class);

    public static void main(String[] arguments) {
        DriverMain.run(new CronDriver(), arguments);
    }

    @Override
    public DriverDescription describe() {
        return new DriverDescription(
                "cron",
                "Emits an event on a schedule.",
                CronDriver.class.getPackage().getImplementationVersion(),
                CronOptions.ALL,
                List.of(new DriverDescription.EventType("cron.trigger", "A schedule was due.", """
                        {"scheduledTime":"2026-01-01T00:00:00Z","firedTime":"2026-01-01T00:00:00.012Z",\
                        "sequence":1,"schedule":"@daily","missed":0}""")),
                List.of("replay", "singleton"));
    }

    @Override
    protected List<PollingSource> sources(DriverContext context) {
        Options options = context.options();
        FirePlan.Rules rules = new FirePlan.Rules(
                options.get(CronOptions.MISFIRE),
                options.get(CronOptions.OVERLAP),
                options.get(CronOptions.JITTER),
                options.get(CronOptions.MAX_CATCH_UP),
                options.get(CronOptions.MAX_CATCH_UP_AGE));
        Fires fires = Payload.fires(context);
        return schedules(options).stream()
                .<PollingSource>map(named -> new ScheduleSource(named.text(), named.schedule(), rules, fires, context))
                .toList();
    }

    /** A schedule, and the text that stands for it in events and checkpoints. */
    record Named(String text, Schedule schedule) {}

    static List<Named> schedules(Options options) {
        List<Named> schedules = new ArrayList<>();
        Dialect dialect = options.get(CronOptions.FORMAT);
        Optional<Instant> start = CronOptions.time(options, CronOptions.START);
        for (String text : expressions(options)) {
            schedules.add(
                    new Named(text, parsed(dialect, text, options.get(CronOptions.TIMEZONE), start.orElse(null))));
        }
        options.find(CronOptions.INTERVAL)
                .ifPresent(
                        every -> schedules.add(new Named("@every " + every, new Interval(every, start.orElse(null)))));
        for (String text : options.find(CronOptions.AT).orElse(List.of())) {
            schedules.add(new Named("at " + text, new Once(CronOptions.time(options, CronOptions.AT, text))));
        }
        if (schedules.isEmpty()) {
            throw new ConfigurationException(
                    "nothing to do: give --cron, --interval or --at, for example --cron=\"0 */10 * * * *\" for every ten minutes");
        }
        return bounded(schedules, options, start.orElse(Instant.MIN));
    }

    private static List<String> expressions(Options options) {
        return options.find(CronOptions.CRON).orElse(List.of()).stream()
                .flatMap(text -> Arrays.stream(text.split(";", -1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    private static Schedule parsed(Dialect dialect, String text, ZoneId zone, @Nullable Instant start) {
        try {
            if (dialect == Dialect.DISPATCH && text.split("\\s+", -1).length == 5) {
                LOG.warn(
                        "\"{}\" has five fields and is read with seconds first; --cron-format=unix reads minutes first",
                        text);
            }
            return dialect.parse(text, zone, start);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--cron \"%s\" cannot be read: %s".formatted(text, e.getMessage()));
        }
    }

    private static List<Named> bounded(List<Named> schedules, Options options, Instant start) {
        Instant end = CronOptions.time(options, CronOptions.END).orElse(Instant.MAX);
        if (end.isBefore(start)) {
            throw new ConfigurationException("--end %s is before --start %s".formatted(end, start));
        }
        ZoneId zone = options.get(CronOptions.TIMEZONE);
        return schedules.stream()
                .map(named -> new Named(
                        named.text(),
                        new BoundedSchedule(named.schedule(), start, end, CronOptions.excludedDates(options), zone)))
                .toList();
    }
}
