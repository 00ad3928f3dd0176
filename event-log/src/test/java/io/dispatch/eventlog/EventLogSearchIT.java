package io.dispatch.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.EventPage.Found;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventLogSearchIT {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MANY = 4 * 60_000;

    private static final LogDatabase DATABASE = LogDatabase.migrated();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE.eventManager());

    private final EventLogSearch search = new EventLogSearch(DATABASE.eventManager());

    /** One event a second, from one partition to the next; every hundredth is of acme, the first in a type of its own. */
    @BeforeAll
    static void fill() {
        JDBC.sql("""
                        INSERT INTO event_log.event
                            (partition, "offset", organization, accepted_at, type, source, id, attributes, data, subscriptions,
                             slice)
                        SELECT i % 4, i / 4, CASE WHEN i % 101 = 0 THEN 'acme' ELSE 'other' END,
                               :start::timestamptz + i * interval '1 second',
                               CASE i WHEN 0 THEN 'first_of%all' ELSE 'order.' || i % 3 END, '/shop/' || i % 2, 'id-' || i,
                               '{"subject":"ünder"}', convert_to('{"n":' || i || '}', 'UTF8'), '{7}', 0
                        FROM generate_series(0, :many - 1) AS i""")
                .param("start", START.atOffset(ZoneOffset.UTC))
                .param("many", MANY)
                .update();
        JDBC.sql("UPDATE event_log.partition SET next_offset = :next")
                .param("next", MANY / 4)
                .update();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aTimeIsFoundWithoutAnIndex() {
        assertThat(search.seek(START)).containsExactly(0L, 0L, 0L, 0L);
        assertThat(search.seek(START.plusSeconds(4001))).containsExactly(1001L, 1000L, 1000L, 1000L);
        assertThat(search.seek(START.plusSeconds(10L * MANY))).containsOnly((long) MANY / 4);
    }

    @Test
    void pagesFollowEachOtherFromTheNewestWithoutAGapWhateverComesMeanwhile() {
        EventQuery query = new EventQuery("acme", null, null, null, null, at(MANY - 20_000), null);
        List<String> found = new ArrayList<>();
        List<Long> before = null;
        do {
            EventPage page = search.search(query, before, 7);
            assertThat(page.events().size()).isLessThanOrEqualTo(7);
            page.events().forEach(event -> found.add(event.entry().event().id()));
            before = page.next();
        } while (before != null);

        assertThat(found)
                .containsExactlyElementsOf(IntStream.iterate(MANY - 1, i -> i >= MANY - 20_000, i -> i - 1)
                        .filter(i -> i % 101 == 0)
                        .mapToObj(i -> "id-" + i)
                        .toList());
    }

    @Test
    void whatLiesDeepIsFoundInBoundedSteps() {
        EventQuery query = new EventQuery("acme", "first_of%all", null, null, null, null, null);
        List<Found> found = new ArrayList<>();
        List<Instant> looked = new ArrayList<>();
        List<Long> before = null;
        int pages = 0;
        do {
            EventPage page = search.search(query, before, 10);
            found.addAll(page.events());
            if (page.searchedSince() != null) {
                looked.add(page.searchedSince());
            }
            before = page.next();
            pages++;
        } while (before != null);

        assertThat(found).extracting(event -> event.entry().event().id()).containsExactly("id-0");
        assertThat(pages).isEqualTo(3);
        assertThat(looked).containsExactly(at(MANY - 4 * EventLogSearch.DEPTH + 3), looked.getLast());
        assertThat(looked.getLast())
                .isBetween(at(MANY - 8 * EventLogSearch.DEPTH), at(MANY - 8 * EventLogSearch.DEPTH + 10));
    }

    @Test
    void eachConditionNarrowsTheSearch() {
        assertThat(ids("order.*", null, null, null)).hasSize(10);
        assertThat(ids("o*.1", null, null, null))
                .allSatisfy(id -> assertThat(number(id) % 3).isEqualTo(1));
        assertThat(ids("order_1", null, null, null)).isEmpty();
        assertThat(ids(null, "/shop/1", null, null))
                .allSatisfy(id -> assertThat(number(id) % 2).isEqualTo(1));
        assertThat(ids(null, "/shop", null, null)).isEmpty();
        int wanted = MANY - 1 - (MANY - 1) % 101;
        assertThat(ids(null, null, "id-" + wanted, null)).containsExactly("id-" + wanted);
        assertThat(ids(null, null, null, "\"n\":" + wanted + "}")).containsExactly("id-" + wanted);
        assertThat(ids(null, null, null, "nde")).hasSize(10);
        assertThat(ids(null, null, null, "ünd")).hasSize(10);
        assertThat(ids(null, null, null, "NDER")).isEmpty();
    }

    @Test
    void aSpanHoldsItsBeginningAndNotItsEnd() {
        EventQuery query = new EventQuery("acme", null, null, null, null, at(101_000), at(101_000 + 202));

        EventPage page = search.search(query, null, 10);

        assertThat(page.events())
                .extracting(event -> event.entry().event().id())
                .containsExactly("id-101101", "id-101000");
        assertThat(page.next()).isNull();
        assertThat(page.searchedSince()).isNull();
    }

    @Test
    void aLongEventIsShownWithoutWhatMakesItLong() {
        JDBC.sql("UPDATE event_log.event SET data = convert_to(repeat('x', 9000), 'UTF8') WHERE id = 'id-202'")
                .update();

        Found found = search.search(new EventQuery("acme", null, null, "id-202", null, at(0), at(1000)), null, 10)
                .events()
                .getFirst();

        assertThat(found.shortened()).isTrue();
        assertThat(found.entry().event().attributes().keySet()).containsExactly("type", "source", "id");
        assertThat(found.entry().event().data()).isNull();
        assertThat(found.entry().subscriptions()).containsExactly(7);
    }

    @Test
    void anEventIsFoundAsItWasSent() {
        Found found = search.search(new EventQuery("acme", null, null, "id-303", null, at(0), at(1000)), null, 10)
                .events()
                .getFirst();

        assertThat(found.shortened()).isFalse();
        assertThat(found.entry().acceptedAt()).isEqualTo(at(303));
        assertThat(found.entry().event().subject()).isEqualTo("ünder");
        assertThat(found.entry().event().data()).asString(UTF_8).isEqualTo("{\"n\":303}");
    }

    private List<String> ids(
            @Nullable String type, @Nullable String source, @Nullable String id, @Nullable String text) {
        return search.search(new EventQuery("acme", type, source, id, text, null, null), null, 10).events().stream()
                .map(found -> found.entry().event().id())
                .toList();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(3));
    }

    private static Instant at(int event) {
        return START.plusSeconds(event);
    }
}
