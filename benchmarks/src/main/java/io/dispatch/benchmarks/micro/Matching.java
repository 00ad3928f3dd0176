package io.dispatch.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscriptions.Changes;
import io.dispatch.eventmanager.subscription.SubscriptionIndex;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many events a second one thread matches against many subscriptions of one kind, of which one wants them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Matching {

    private static final int WANTING = 777;

    private static final Event EVENT = Event.of(
            Map.of(
                    "id", "1",
                    "source", "/shop/777/till",
                    "type", "order.777.paid",
                    "subject", "orders/777",
                    "datacontenttype", "application/json"),
            "{\"vm\":{\"cpus\":8,\"name\":\"%s\"}}".formatted("x".repeat(250)).getBytes(UTF_8));

    /** How many subscriptions there are. */
    @Param({"1000", "10000"})
    public int subscriptions;

    /** What they ask for. */
    @Param
    public Form form = Form.TYPE_EXACT;

    private SubscriptionIndex index = SubscriptionIndex.empty();

    /** A kind of subscription: its type, and its filters with single quotes for double ones; {@code %d} is its number. */
    public enum Form {
        TYPE_EXACT("order.%d.paid", null),
        TYPE_WITH_STAR_AT_ITS_END("order.%d.*", null),
        TYPE_WITH_STAR_IN_IT("order.%d.*aid", null),
        EXACT_TYPE("*", "[{'exact':{'type':'order.%d.paid'}}]"),
        EXACT_SOURCE("*", "[{'exact':{'source':'/shop/%d/till'}}]"),
        PREFIX_SOURCE("*", "[{'prefix':{'source':'/shop/%d/'}}]"),
        SUFFIX_SUBJECT("*", "[{'suffix':{'subject':'/%d'}}]"),
        ONE_TYPE_FOR_ALL_AND_EXACT_SUBJECT("order.777.paid", "[{'exact':{'subject':'orders/%d'}}]"),
        ANY_OF_TWO("*", "[{'any':[{'exact':{'type':'order.%1$d.paid'}},{'exact':{'subject':'orders/%1$d'}}]}]"),
        TYPE_EXACT_WITH_SQL_AND_DATA(
                "order.%d.paid", "[{'sql':'LENGTH(subject) > 3'},{'data':{'pointer':'/vm/cpus','gte':4}}]"),
        SQL_WITH_EQUALS("*", "[{'sql':'LENGTH(subject) > 3 AND type = \\'order.%d.paid\\''}]"),
        SQL_WITH_LIKE("*", "[{'sql':'source LIKE \\'/shop/%d/%%\\''}]"),
        SQL_OF_WHICH_THE_INDEX_MAKES_NOTHING("*", "[{'sql':'CONCAT(subject, 0) = \\'orders/%d0\\''}]");

        private final String eventType;
        private final @Nullable String filters;

        Form(String eventType, @Nullable String filters) {
            this.eventType = eventType;
            this.filters = filters;
        }

        private PublishedSubscription subscription(int number) {
            return new PublishedSubscription(
                    number,
                    "acme",
                    "s" + number,
                    1,
                    "user",
                    eventType.formatted(number),
                    filters == null ? null : json(filters.formatted(number)),
                    "f",
                    List.of(),
                    null,
                    PublishedSubscription.State.ACTIVE);
        }

        private static String json(String text) {
            return text.replace("\\'", "\u0000").replace('\'', '"').replace('\u0000', '\'');
        }
    }

    /** Builds the index, and makes sure that the right one is found. */
    @Setup
    public void build() {
        index = SubscriptionIndex.empty()
                .with(new Changes(
                        1,
                        IntStream.range(0, subscriptions)
                                .mapToObj(form::subscription)
                                .toList()));
        long[] wanting = index.match("acme", EVENT);
        if (wanting.length != 1 || wanting[0] != WANTING) {
            throw new IllegalStateException("subscription %d wants the event, and no other".formatted(WANTING));
        }
    }

    /** Of one event. */
    @Benchmark
    public long[] match() {
        return index.match("acme", EVENT);
    }
}
