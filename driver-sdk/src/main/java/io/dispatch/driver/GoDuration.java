package io.dispatch.driver;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the original drivers write them (Go's {@code time.ParseDuration}), and ISO 8601 beside it. */
public final class GoDuration {

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /**
     * Reads {@code 1h30m}, {@code 500ms}, {@code 1.5s}, {@code 0} or {@code PT90S}; never negative.
     *
     * @throws IllegalArgumentException if the text is none of these or longer than a Java duration can be
     */
    public static Duration parse(String text) {
        try {
            return text.startsWith("P") ? notNegative(Duration.parse(text)) : parts(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("no duration such as 10s, 5m, 1h30m or PT10S", e);
        }
    }

    private static Duration parts(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2)))));
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new DateTimeException(text);
        }
        return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    private static Duration notNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new DateTimeException("negative");
        }
        return duration;
    }
}
