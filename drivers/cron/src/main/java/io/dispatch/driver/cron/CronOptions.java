package io.dispatch.driver.cron;

import io.dispatch.driver.ConfigurationException;
import io.dispatch.driver.Option;
import io.dispatch.driver.Options;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of the cron driver. */
final class CronOptions {

    static final Option<List<String>> CRON = Option.text(
                    "cron",
                    "when to fire: a cron expression, a macro such as @daily, or @every 10s, with an optional zone before it"
                            + " (TZ=Europe/Prague); repeatable, or several separated by ;")
            .repeated();
    static final Option<Dialect> FORMAT = Option.choice(
                    "cron-format",
                    Dialect.class,
                    "how --cron is read: dispatch has seconds first and may leave out the day of week, unix has minutes first")
            .withDefault("dispatch");
    static final Option<Duration> INTERVAL =
            Option.duration("interval", "fire again after this time, in whole seconds");
    static final Option<List<String>> AT = Option.text(
                    "at", "fire once at this time, for example 2026-12-24T18:00 or 2026-12-24T18:00:00Z")
            .repeated();
    static final Option<ZoneId> TIMEZONE = Option.of(
                    "timezone",
                    "time zone",
                    "where the times of the schedule are, for example Europe/Prague",
                    CronOptions::zone)
            .withDefault("UTC");
    static final Option<Misfire> MISFIRE = Option.choice(
                    "misfire",
                    Misfire.class,
                    "what becomes of fires that passed while the driver was not running or that are over a minute late")
            .withDefault("skip");
    static final Option<Integer> MAX_CATCH_UP = Option.count(
                    "max-catch-up", "at most so many fires are made up for, the newest")
            .withDefault("100");
    static final Option<Duration> MAX_CATCH_UP_AGE = Option.duration(
                    "max-catch-up-age", "no fire older than this is made up for")
            .withDefault("24h");
    static final Option<Duration> JITTER = Option.duration(
                    "jitter", "put each fire off by a random time shorter than this")
            .withDefault("0");
    static final Option<Overlap> OVERLAP = Option.choice(
                    "overlap",
                    Overlap.class,
                    "what becomes of a fire that is due while the one before is not acknowledged")
            .withDefault("allow");
    static final Option<String> DATA = Option.text(
            "data",
            "what each event carries: as payload beside the facts of the fire (JSON, or else text), or as its whole data when"
                    + " --content-type is given");
    static final Option<String> DATA_BASE64 = Option.text("data-base64", "the same as bytes; needs --content-type");
    static final Option<String> CONTENT_TYPE =
            Option.text("content-type", "makes --data or --data-base64 the whole data");
    static final Option<String> TYPE =
            Option.text("type", "the type of the events").withDefault("cron.trigger");
    static final Option<String> SOURCE =
            Option.text("source", "the source of the events; /dispatch/drivers/<organization>/<name> if not given");
    static final Option<String> START = Option.text("start", "nothing fires before this time");
    static final Option<String> END = Option.text("end", "nothing fires after this time");
    static final Option<List<String>> EXCLUDE_DATES = Option.text(
                    "exclude-dates", "days without fires, for example 2026-12-24,2026-12-25")
            .repeated();

    static final List<Option<?>> ALL = List.of(
            CRON,
            FORMAT,
            INTERVAL,
            AT,
            TIMEZONE,
            MISFIRE,
            MAX_CATCH_UP,
            MAX_CATCH_UP_AGE,
            JITTER,
            OVERLAP,
            DATA,
            DATA_BASE64,
            CONTENT_TYPE,
            TYPE,
            SOURCE,
            START,
            END,
            EXCLUDE_DATES);

    private CronOptions() {}

    /** A time with an offset, or a local one in the driver's zone. */
    static Optional<Instant> time(Options options, Option<String> option) {
        return options.find(option).map(text -> time(options, option, text));
    }

    /** The same for one of the values of a repeatable option. */
    static Instant time(Options options, Option<?> option, String text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, Instant::from, LocalDateTime::from);
            return time instanceof LocalDateTime local
                    ? local.atZone(options.get(TIMEZONE)).toInstant()
                    : Instant.from(time);
        } catch (DateTimeException e) {
            throw new ConfigurationException(
                    "--%s takes a time such as 2026-12-24T18:00 or 2026-12-24T18:00:00Z, not \"%s\""
                            .formatted(option.name(), text));
        }
    }

    static Set<LocalDate> excludedDates(Options options) {
        return options.find(EXCLUDE_DATES).orElse(List.of()).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .map(CronOptions::date)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new ConfigurationException(
                    "--exclude-dates takes days such as 2026-12-24, not \"%s\"".formatted(text));
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("none such as Europe/Prague or +02:00", e);
        }
    }
}
