package io.dispatch.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.EventLogScan.Piece;
import io.dispatch.eventlog.EventLogScan.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventLogScanIT {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final int EVENTS = 12_000;

    private final LogDatabase database = LogDatabase.migrated();
    private final JdbcClient jdbc = JdbcClient.create(database.eventManager());
    private final EventLogScan scan = new EventLogScan(database.eventManager());

    /** One partition with an event a second; every hundredth is of acme. */
    @BeforeEach
    void fill() {
        jdbc.sql("""
                        INSERT INTO event_log.event
                            (partition, "offset", organization, accepted_at, type, source, id, attributes, data, subscriptions,
                             slice)
                        SELECT 0, i, CASE WHEN i % 100 = 0 THEN 'acme' ELSE 'other' END,
                               :start::timestamptz + i * interval '1 second', 'order.' || i / 100 % 2,
                               '/shop/' || i / 100 % 3, i::text, '{"subject":"ünder"}',
                               convert_to(repeat('x', CASE WHEN i % 100 = 0 THEN 10000 ELSE 10 END), 'UTF8'), '{7}', 0
                        FROM generate_series(0, :many - 1) AS i""")
                .param("start", START.atOffset(ZoneOffset.UTC))
                .param("many", EVENTS)
                .update();
        jdbc.sql("UPDATE event_log.partition SET next_offset = :many WHERE number = 0")
                .param("many", EVENTS)
                .update();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void allOfAnOrganizationIsFoundWholeAndInOrderInPiecesOfBoundedWork() {
        List<Piece> pieces = read(query(null, null, null, null), 0, EVENTS, 1_000);

        assertThat(ids(pieces))
                .containsExactlyElementsOf(IntStream.range(0, EVENTS / 100)
                        .mapToObj(i -> "" + 100 * i)
                        .toList());
        assertThat(pieces).extracting(Piece::next).containsExactly(5_000L, 10_000L, 12_000L);
        LogEntry first = pieces.getFirst().events().getFirst();
        assertThat(first.event().subject()).isEqualTo("ünder");
        assertThat(first.event().data()).asString(UTF_8).hasSize(10_000);
        assertThat(first.acceptedAt()).isEqualTo(START);
        assertThat(first.subscriptions()).containsExactly(7);
    }

    @Test
    void aPieceEndsWhenItHasEnoughEventsOrBytes() {
        assertThat(ids(read(query(null, null, null, null), 0, EVENTS, 7))).hasSize(120);
        jdbc.sql("UPDATE event_log.event SET data = convert_to(repeat('x', 600000), 'UTF8') WHERE organization = 'acme'"
                        + " AND \"offset\" < 1000")
                .update();

        List<Piece> pieces = read(query(null, null, null, null), 0, 1_000, 1_000);

        assertThat(ids(pieces)).hasSize(10);
        assertThat(pieces).extracting(piece -> piece.events().size()).startsWith(2, 2, 2);
    }

    @Test
    void eachConditionNarrowsIt() {
        assertThat(ids(read(query("*.1", null, null, null), 0, 1_000, 100)))
                .containsExactly("100", "300", "500", "700", "900");
        assertThat(ids(read(query(null, "/shop/2", null, null), 0, 1_000, 100))).containsExactly("200", "500", "800");
        assertThat(ids(read(query(null, null, START.plusSeconds(200), START.plusSeconds(400)), 0, 1_000, 100)))
                .containsExactly("200", "300");
        assertThat(ids(read(query("order_1", null, null, null), 0, 1_000, 100))).isEmpty();
    }

    @Test
    void whatAReplayAppendedIsPassedOver() {
        jdbc.sql("""
                        INSERT INTO event_log.subscription (id, organization, name, version, kind, event_type, function, state, changed_at)
                        VALUES (8, 'acme', 's', 1, 'replay', '', 'f', 'deleted', 1), (7, 'acme', 's', 1, 'user', '*', 'f', 'active', 1)""").update();
        jdbc.sql("UPDATE event_log.event SET subscriptions = '{8}' WHERE \"offset\" = 100")
                .update();

        assertThat(ids(read(query(null, null, null, null), 0, 300, 100))).containsExactly("0", "200");
    }

    @Test
    void whatHasLeftTheLogIsCountedAndPassedOver() {
        jdbc.sql("DELETE FROM event_log.event WHERE \"offset\" < 7100").update();

        List<Piece> some = read(query(null, null, null, null), 50, 7_200, 100);
        List<Piece> none = read(query(null, null, null, null), 50, 6_000, 100);

        assertThat(ids(some)).containsExactly("7100");
        assertThat(some).extracting(Piece::missing).containsExactly(7_050L, 0L);
        assertThat(none).containsExactly(new Piece(List.of(), 6_000, 5_950));
        assertThat(scan.span(null, null).from()).containsExactly(7_100L, 0L, 0L, 0L);
    }

    @Test
    void aSpanHoldsAllOfATimeAndNotMuchMore() {
        Span span = scan.span(START.plusSeconds(1_000), START.plusSeconds(2_000));

        assertThat(span.from().getFirst()).isBetween(900L, 1_000L);
        assertThat(span.before().getFirst()).isBetween(2_000L, 2_100L);
        assertThat(scan.span(START.plusSeconds(20_000), START.plusSeconds(2_000))
                        .from())
                .isEqualTo(span.before());
    }

    private List<Piece> read(EventQuery query, long from, long before, int most) {
        List<Piece> pieces = new ArrayList<>();
        long next = from;
        while (next < before) {
            Piece piece = scan.read(query, 0, next, before, most);
            assertThat(piece.next()).isGreaterThan(next).isLessThanOrEqualTo(before);
            pieces.add(piece);
            next = piece.next();
        }
        return pieces;
    }

    private static List<String> ids(List<Piece> pieces) {
        return pieces.stream()
                .flatMap(piece -> piece.events().stream())
                .map(entry -> entry.event().id())
                .toList();
    }

    private static EventQuery query(
            @Nullable String type, @Nullable String source, @Nullable Instant since, @Nullable Instant until) {
        return new EventQuery("acme", type, source, null, null, since, until);
    }
}
