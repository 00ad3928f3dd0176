package io.dispatch.driver.cron;

import io.dispatch.driver.GoDuration;
import io.dispatch.driver.cron.CronField.Kind;
import io.dispatch.driver.cron.CronField.Ranges;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** The ways people write cron expressions. They differ in the order of the fields, so that none can be told by looking. */
enum Dialect {
    /**
     * The original driver's (robfig/cron 1.x): second, minute, hour, day of month, month, and day of week (Sunday is 0), which may
     * be left out. When both fields of days are restricted, either is enough; a star with a step is no restriction.
     */
    DISPATCH {
        @Override
        Schedule read(String[] fields, ZoneId zone) {
            count(fields, 5, 6, "second minute hour day-of-month month [day-of-week]");
            return withDays(
                    fields[0],
                    fields[1],
                    fields[2],
                    CronField.parse(Kind.DAY_OF_MONTH, fields[3], Ranges.OPEN),
                    fields[4],
                    CronField.parse(Kind.DAY_OF_WEEK, fields.length == 6 ? fields[5] : "*", Ranges.OPEN),
                    Ranges.OPEN,
                    zone);
        }
    },

    /** Unix (Vixie): minute, hour, day of month, month, day of week (Sunday is 0 or 7); either field of days is enough. */
    UNIX {
        @Override
        Schedule read(String[] fields, ZoneId zone) {
            count(fields, 5, 5, "minute hour day-of-month month day-of-week");
            if (String.join("", fields).contains("?")) {
                throw new IllegalArgumentException("\"?\" is not known to unix");
            }
            return withDays(
                    "0",
                    fields[0],
                    fields[1],
                    CronField.parse(Kind.DAY_OF_MONTH, fields[2], Ranges.STRICT),
                    fields[3],
                    CronField.parse(Kind.DAY_OF_WEEK_TO_7, fields[4], Ranges.STRICT),
                    Ranges.STRICT,
                    zone);
        }
    },

    /**
     * Quartz: second, minute, hour, day of month, month, day of week (Sunday is 1), and year, which may be left out. One of the
     * fields of days must be {@code ?}. Knows {@code L}, {@code W} and {@code #}.
     */
    QUARTZ {
        @Override
        Schedule read(String[] fields, ZoneId zone) {
            count(fields, 6, 7, "second minute hour day-of-month month day-of-week [year]");
            if (fields[3].equals("?") == fields[5].equals("?")) {
                throw new IllegalArgumentException("one of day-of-month and day-of-week must be ?, and only one");
            }
            NavigableSet<Integer> years = fields.length < 7 || fields[6].equals("*")
                    ? null
                    : CronField.parse(Kind.YEAR, fields[6], Ranges.OPEN).values();
            CronField hours = CronField.parse(Kind.HOUR, fields[2], Ranges.WRAPPING);
            CronExpression expression = CronExpression.parse(String.join(
                    " ",
                    CronField.parse(Kind.SECOND, fields[0], Ranges.WRAPPING).spring(),
                    CronField.parse(Kind.MINUTE, fields[1], Ranges.WRAPPING).spring(),
                    hours.spring(),
                    quartzDayOfMonth(fields[3]),
                    CronField.parse(Kind.MONTH, fields[4], Ranges.WRAPPING).spring(),
                    quartzDayOfWeek(fields[5])));
            return new CronSchedule(List.of(expression), hours.values().size() == 24, years, zone);
        }
    };

    private static final Pattern ZONE = Pattern.compile("(?:CRON_)?TZ=(\\S+)\\s+(.*)");
    private static final Pattern QUARTZ_DAY_OF_MONTH =
            Pattern.compile("L|LW|L-([1-9]|[12]\\d|30)|([1-9]|[12]\\d|3[01])W");
    private static final Pattern QUARTZ_DAY_OF_WEEK = Pattern.compile("(\\w+?)(L|#[1-5])");
    /** When {@link #read} asks whether an expression is ever due, it looks on from here: any leap year will do. */
    private static final Instant ANY_TIME = Instant.parse("2000-01-01T00:00:00Z");

    abstract Schedule read(String[] fields, ZoneId zone);

    /**
     * Reads an expression, a macro such as {@code @hourly}, or {@code @every <duration>}, each with an optional zone before it
     * ({@code TZ=Europe/Prague}).
     *
     * @param zone where local times are, when the expression does not say
     * @param start the first fire of {@code @every}, null for one interval after the first start
     * @throws IllegalArgumentException with the rule that is broken
     */
    Schedule parse(String text, ZoneId zone, @Nullable Instant start) {
        Matcher zoned = ZONE.matcher(text.strip());
        if (zoned.matches()) {
            return parse(zoned.group(2), zone(zoned.group(1)), start);
        }
        String expression = text.strip();
        if (expression.startsWith("@every ")) {
            return new Interval(
                    GoDuration.parse(expression.substring("@every ".length()).strip()), start);
        }
        Schedule schedule = expression.startsWith("@")
                ? UNIX.read(macro(expression).split(" ", -1), zone)
                : read(expression.split("\\s+", -1), zone);
        Optional<Instant> ever = schedule.next(ANY_TIME);
        if (ever.isEmpty()) {
            throw new IllegalArgumentException("there is no such date");
        }
        return schedule;
    }

    private static String macro(String name) {
        return switch (name) {
            case "@yearly", "@annually" -> "0 0 1 1 *";
            case "@monthly" -> "0 0 1 * *";
            case "@weekly" -> "0 0 * * 0";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@hourly" -> "0 * * * *";
            default ->
                throw new IllegalArgumentException(
                        "\"%s\" is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, @every <duration>"
                                .formatted(name));
        };
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"%s\" is no time zone such as Europe/Prague".formatted(name), e);
        }
    }

    private static void count(String[] fields, int least, int most, String order) {
        if (fields.length < least || fields.length > most) {
            throw new IllegalArgumentException("it has %d fields, not %s".formatted(fields.length, order));
        }
    }

    /** Both fields of days restricted: either is enough. Else both must match, and the one with the star mostly does. */
    private static Schedule withDays(
            String second,
            String minute,
            String hour,
            CronField dayOfMonth,
            String month,
            CronField dayOfWeek,
            Ranges ranges,
            ZoneId zone) {
        CronField hours = CronField.parse(Kind.HOUR, hour, ranges);
        String time = "%s %s %s"
                .formatted(
                        CronField.parse(Kind.SECOND, second, ranges).spring(),
                        CronField.parse(Kind.MINUTE, minute, ranges).spring(),
                        hours.spring());
        String months = CronField.parse(Kind.MONTH, month, ranges).spring();
        List<String> days = dayOfMonth.star() || dayOfWeek.star()
                ? List.of("%s %s %s".formatted(dayOfMonth.spring(), months, dayOfWeek.spring()))
                : List.of(
                        "%s %s *".formatted(dayOfMonth.spring(), months),
                        "* %s %s".formatted(months, dayOfWeek.spring()));
        List<CronExpression> expressions =
                days.stream().map(day -> CronExpression.parse(time + " " + day)).toList();
        return new CronSchedule(expressions, hours.values().size() == 24, null, zone);
    }

    private static String quartzDayOfMonth(String text) {
        return QUARTZ_DAY_OF_MONTH.matcher(text).matches()
                ? text
                : CronField.parse(Kind.DAY_OF_MONTH, text, Ranges.WRAPPING).spring();
    }

    private static String quartzDayOfWeek(String text) {
        if (text.equals("L")) {
            return quartzDayOfWeek("7");
        }
        Matcher special = QUARTZ_DAY_OF_WEEK.matcher(text);
        if (special.matches()) {
            int day = Kind.DAY_OF_WEEK_FROM_1.number(special.group(1));
            return Kind.DAY_OF_WEEK_FROM_1.spring(day) + special.group(2);
        }
        return CronField.parse(Kind.DAY_OF_WEEK_FROM_1, text, Ranges.WRAPPING).spring();
    }
}
