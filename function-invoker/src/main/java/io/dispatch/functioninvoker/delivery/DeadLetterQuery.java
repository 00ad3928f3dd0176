package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.run.DeadLetterFilter;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import io.dispatch.http.ApiException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which dead letters of an organization are asked for.
 *
 * @param filter what they must fulfil
 * @param since died then or later, or null
 * @param until died earlier, or null
 */
record DeadLetterQuery(
        String organization,
        DeadLetterFilter filter,
        @Nullable OffsetDateTime since,
        @Nullable OffsetDateTime until) implements DeadLetterSelection {

    /** The condition on {@code dead_letter d}. */
    static final String WHERE = """
            where d.organization = :organization and d.redriven_at is null
              and (:subscription::text is null or d.subscription_name = :subscription)
              and (:function::text is null or d.function = :function)
              and (:type::text is null or d.type = :type)
              and (:reason::text is null or position(lower(:reason) in lower(d.reason)) > 0)
              and (:since::timestamptz is null or d.died_at >= :since)
              and (:until::timestamptz is null or d.died_at < :until)
              and (:event::text is null or d.id = :event
                   or (d.partition = :eventPartition and d."offset" = :eventOffset))""";

    /**
     * Reads a filter.
     *
     * @param in where it stood: {@code query} or {@code body}
     * @throws ApiException 422 if a time cannot be read
     */
    static DeadLetterQuery of(String organization, DeadLetterFilter filter, String in) {
        var said = new DeadLetterFilter(
                said(filter.subscription()),
                said(filter.function()),
                said(filter.type()),
                said(filter.reason()),
                said(filter.since()),
                said(filter.until()),
                said(filter.event()));
        return new DeadLetterQuery(
                organization, said, time("since", in, said.since()), time("until", in, said.until()));
    }

    @Override
    public String where() {
        return WHERE;
    }

    @Override
    public JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement) {
        @Nullable
        Position position =
                filter.event() == null ? null : EventId.position(filter.event()).orElse(null);
        return statement
                .param("organization", organization)
                .param("subscription", filter.subscription())
                .param("function", filter.function())
                .param("type", filter.type())
                .param("reason", filter.reason())
                .param("since", since, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", until, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("event", filter.event())
                .param("eventPartition", position == null ? null : position.partition(), Types.INTEGER)
                .param("eventOffset", position == null ? null : position.offset(), Types.BIGINT);
    }

    /** Empty is as good as absent. */
    private static @Nullable String said(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable OffsetDateTime time(String field, String in, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.matches("[0-9]{1,11}")
                    ? Instant.ofEpochSecond(Long.parseLong(text)).atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT,
                    field,
                    text,
                    "%s in %s must be a time of RFC 3339 or seconds since 1970, but was %s".formatted(field, in, text));
        }
    }
}
