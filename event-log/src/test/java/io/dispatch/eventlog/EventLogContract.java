package io.dispatch.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.AppendResult.SubscriptionsChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What an engine of the event log does, whatever it stands on: append, read from an offset, seek by time. Another engine is right
 * when a subclass of this passes (docs/decisions/0008).
 */
abstract class EventLogContract {
    static final String ACME = "acme";

    /** As {@link EventLogWriter#append(List, long, boolean)}. */
    abstract AppendResult append(List<NewEntry> entries, long matchedAt);

    /** As {@link EventLogReader#read(int, long, int, int)}. */
    abstract List<LogEntry> read(int partition, long fromOffset, int maxCount, int maxBytes);

    /** As {@link EventLogReader#nextOffsets()}. */
    abstract List<Long> nextOffsets();

    /** As {@link EventLogSearch#seek(Instant)}. */
    abstract List<Long> seek(Instant time);

    /** Of the subscriptions, which stay in PostgreSQL. */
    abstract long version();

    /** Moves the version by one. */
    abstract void changeSubscriptions();

    @Test
    void anEventIsReadAsItWasAppended() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("time", "2018-11-30t09:15:00.5z");
        attributes.put("zahl", -7);
        attributes.put("type", "t");
        attributes.put("wahr", true);
        attributes.put("source", "/s");
        attributes.put("id", "ü \" 😀");
        attributes.put("text", "a\\b \"c\" 😀");
        Event event = Event.of(attributes, new byte[] {0, -1, '{'});
        Instant before = Instant.now().minusSeconds(1);

        Position position = append(new NewEntry(ACME, new long[] {7, 8}, event));

        LogEntry entry =
                read(position.partition(), position.offset(), 10, 1 << 20).getFirst();
        assertThat(entry.position()).isEqualTo(position);
        assertThat(entry.organization()).isEqualTo(ACME);
        assertThat(entry.subscriptions()).containsExactly(7, 8);
        assertThat(entry.event()).isEqualTo(event);
        assertThat(entry.event().attributes().keySet())
                .containsExactly("type", "source", "id", "time", "zahl", "wahr", "text");
        assertThat(entry.acceptedAt()).isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void noDataAndEmptyDataAreToldApart() {
        Position without = append(entry("1", null));
        Position empty = append(entry("2", new byte[0]));

        assertThat(event(without).data()).isNull();
        assertThat(event(empty).data()).isEmpty();
    }

    @Test
    void eventsWithAKeyKeepTheirPartitionAndTheirOrder() {
        List<NewEntry> entries = IntStream.range(0, 40)
                .mapToObj(i -> new NewEntry(
                        ACME,
                        new long[] {1},
                        Event.of(
                                Map.of("id", "" + i, "source", "/s", "type", "t", "partitionkey", "key-" + i % 8),
                                null)))
                .toList();

        List<Position> first = appended(append(entries.subList(0, 20), version()));
        List<Position> second = appended(append(entries.subList(20, 40), version()));

        List<Position> all = new ArrayList<>(first);
        all.addAll(second);
        for (int i = 8; i < 40; i++) {
            assertThat(all.get(i).partition()).isEqualTo(all.get(i - 8).partition());
            assertThat(all.get(i).offset()).isGreaterThan(all.get(i - 8).offset());
        }
        assertThat(all.stream().map(Position::partition).distinct()).hasSizeGreaterThan(1);
        for (int i = 0; i < 40; i++) {
            assertThat(event(all.get(i)).id()).isEqualTo("" + i);
        }
    }

    @Test
    void aGroupThatWasMatchedBeforeAChangeIsRefusedWhole() {
        long matchedAt = version();
        List<Long> before = nextOffsets();
        changeSubscriptions();

        AppendResult some = append(List.of(entry("late", null)), matchedAt);
        AppendResult none = append(List.of(), matchedAt);

        assertThat(some).isEqualTo(new SubscriptionsChanged(matchedAt + 1));
        assertThat(none).isEqualTo(new SubscriptionsChanged(matchedAt + 1));
        assertThat(nextOffsets()).isEqualTo(before);
        assertThat(append(List.of(), matchedAt + 1)).isEqualTo(new Appended(List.of()));
    }

    @Test
    void severalWritersLeaveNoGapAndReadersSkipNothing() throws Exception {
        List<Long> start = nextOffsets();
        int writers = 4;
        int groups = 40;
        long matchedAt = version();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Position>>> written = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String name = "w" + w;
                written.add(threads.submit(() -> writeGroups(name, groups, matchedAt)));
            }
            List<Future<List<String>>> seen = new ArrayList<>();
            for (int p = 0; p < start.size(); p++) {
                int partition = p;
                long from = start.get(p);
                seen.add(threads.submit(() -> follow(partition, from, written)));
            }

            Map<Position, String> ids = new HashMap<>();
            for (int w = 0; w < writers; w++) {
                List<Position> positions = written.get(w).get();
                for (int i = 0; i < positions.size(); i++) {
                    assertThat(ids.put(positions.get(i), "w" + w + "-" + i)).isNull();
                }
            }
            List<Long> end = nextOffsets();
            for (int p = 0; p < start.size(); p++) {
                int partition = p;
                List<String> expected = LongStream.range(start.get(p), end.get(p))
                        .mapToObj(offset -> ids.get(new Position(partition, offset)))
                        .toList();
                assertThat(seen.get(p).get()).doesNotContainNull().isEqualTo(expected);
            }
        }
    }

    private List<Position> writeGroups(String name, int groups, long matchedAt) {
        List<Position> positions = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            List<NewEntry> group = new ArrayList<>();
            for (int i = 0; i < 1 + g % 5; i++) {
                int number = positions.size() + i;
                Map<String, String> attributes =
                        new HashMap<>(Map.of("id", name + "-" + number, "source", "/s", "type", "t"));
                if (number % 2 == 0) {
                    attributes.put("partitionkey", "k" + number % 11);
                }
                group.add(new NewEntry(ACME, new long[] {1}, Event.of(attributes, null)));
            }
            positions.addAll(appended(append(group, matchedAt)));
        }
        return positions;
    }

    /** Reads on as a deliverer does, until all writers have ended and nothing more comes. */
    private List<String> follow(int partition, long from, List<Future<List<Position>>> writers) {
        List<String> ids = new ArrayList<>();
        long next = from;
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(deadline)) {
            boolean ended = writers.stream().allMatch(Future::isDone);
            List<LogEntry> page = read(partition, next, 7, 1 << 20);
            for (LogEntry entry : page) {
                assertThat(entry.offset()).isEqualTo(next++);
                ids.add(entry.event().id());
            }
            if (ended && page.isEmpty()) {
                return ids;
            }
        }
        throw new AssertionError("partition " + partition + " does not come to an end");
    }

    @Test
    void aPageEndsWithItsCountOrItsBytesButHoldsOneAtLeast() {
        byte[] data = "x".repeat(1000).getBytes(UTF_8);
        List<NewEntry> group =
                IntStream.range(0, 5).mapToObj(i -> entry("" + i, data)).toList();
        Position first = appended(append(group, version())).getFirst();

        assertThat(read(first.partition(), first.offset(), 3, 1 << 20)).hasSize(3);
        assertThat(read(first.partition(), first.offset(), 100, 1)).hasSize(1);
        assertThat(read(first.partition(), first.offset(), 100, 2500)).hasSize(3);
        assertThat(read(first.partition(), first.offset() + 5, 100, 1 << 20)).isEmpty();
    }

    @Test
    void noEventOfATimeOrLaterLiesBelowWhatIsFoundForIt() {
        Position first = append(entry("seek-1", null));
        Instant time = acceptedAt(first);
        while (!acceptedAt(append(entry("seek-2", null))).isAfter(time)) {
            Thread.onSpinWait();
        }
        Position later = append(entry("seek-3", null));

        assertThat(seek(time.minus(EventLogSearch.DISORDER)).get(first.partition()))
                .isLessThanOrEqualTo(first.offset());
        assertThat(seek(acceptedAt(later).minus(EventLogSearch.DISORDER)).get(later.partition()))
                .isLessThanOrEqualTo(later.offset());
    }

    @Test
    void aTimeBeforeAllIsTheBeginningAndOneAfterAllTheEnd() {
        Position newest = append(entry("seek-4", null));

        assertThat(seek(Instant.EPOCH)).hasSameSizeAs(nextOffsets()).containsOnly(0L);
        assertThat(seek(acceptedAt(newest).plus(Duration.ofDays(1)))).isEqualTo(nextOffsets());
    }

    private Instant acceptedAt(Position position) {
        return at(position).acceptedAt();
    }

    final Event event(Position position) {
        return at(position).event();
    }

    private LogEntry at(Position position) {
        return read(position.partition(), position.offset(), 1, 1).getFirst();
    }

    final Position append(NewEntry entry) {
        return appended(append(List.of(entry), version())).getFirst();
    }

    static List<Position> appended(AppendResult result) {
        return ((Appended) result).positions();
    }

    static NewEntry entry(String id, byte @Nullable [] data) {
        return new NewEntry(ACME, new long[] {1}, Event.of(Map.of("id", id, "source", "/s", "type", "t"), data));
    }
}
