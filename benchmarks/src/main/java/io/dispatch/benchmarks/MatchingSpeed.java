package io.dispatch.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscriptions.Changes;
import io.dispatch.eventmanager.subscription.SubscriptionIndex;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How many events a second one core matches against 10,000 subscriptions, of which one wants them; without HTTP or database. */
final class MatchingSpeed {
    private static final int SUBSCRIPTIONS = 10_000;
    private static final int WANTING = 7777;
    private static final int ROUNDS = 8;
    private static final long ROUND_NANOS = 500_000_000;
    private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 64;

    private static final Event EVENT = Event.of(
            Map.of(
                    "id", "1",
                    "source", "/shop/7777/till",
                    "type", "order.7777.paid",
                    "subject", "orders/7777",
                    "datacontenttype", "application/json"),
            "{\"vm\":{\"cpus\":8,\"name\":\"%s\"}}".formatted("x".repeat(250)).getBytes(UTF_8));

    private MatchingSpeed() {}

    /** One kind of subscription. */
    private record Form(
            String title, String eventType, @Nullable String filters) {}

    private static final List<Form> FORMS = List.of(
            new Form("`eventType` exact", "order.%d.paid", null),
            new Form("`eventType` with `*` at its end", "order.%d.*", null),
            new Form("`eventType` with `*` in it", "order.%d.*aid", null),
            new Form("`*` and `exact` type", "*", "[{'exact':{'type':'order.%d.paid'}}]"),
            new Form("`*` and `exact` source", "*", "[{'exact':{'source':'/shop/%d/till'}}]"),
            new Form("`*` and `prefix` source", "*", "[{'prefix':{'source':'/shop/%d/'}}]"),
            new Form("`*` and `suffix` subject", "*", "[{'suffix':{'subject':'/%d'}}]"),
            new Form("one type for all, and `exact` subject", "order.7777.paid", "[{'exact':{'subject':'orders/%d'}}]"),
            new Form(
                    "`any` of two",
                    "*",
                    "[{'any':[{'exact':{'type':'order.%1$d.paid'}},{'exact':{'subject':'orders/%1$d'}}]}]"),
            new Form(
                    "`exact` type, `sql` and `data`",
                    "order.%d.paid",
                    "[{'sql':'LENGTH(subject) > 3'},{'data':{'pointer':'/vm/cpus','gte':4}}]"),
            new Form("`sql` with `=`", "*", "[{'sql':'LENGTH(subject) > 3 AND type = \\'order.%d.paid\\''}]"),
            new Form("`sql` with `LIKE`", "*", "[{'sql':'source LIKE \\'/shop/%d/%%\\''}]"),
            new Form(
                    "`sql` of which the index makes nothing",
                    "*",
                    "[{'sql':'CONCAT(subject, 0) = \\'orders/%d0\\''}]"));

    /** Prints a table in Markdown. */
    public static void main(String[] arguments) throws IOException {
        System.out.printf("%s%n%n", Machine.description());
        System.out.printf(
                "| 10,000 subscriptions, one wants the event | matches/s | index built in ms |%n|---|---|---|%n");
        for (Form form : FORMS) {
            List<PublishedSubscription> subscriptions = IntStream.range(0, SUBSCRIPTIONS)
                    .mapToObj(subscriptions(form))
                    .toList();
            long begin = System.nanoTime();
            SubscriptionIndex index = SubscriptionIndex.empty().with(new Changes(1, subscriptions));
            long built = (System.nanoTime() - begin) / 1_000_000;
            System.out.printf("| %s | %,d | %d |%n", form.title(), Math.round(fastest(index)), built);
        }
    }

    private static IntFunction<PublishedSubscription> subscriptions(Form form) {
        return id -> new PublishedSubscription(
                id,
                "acme",
                "s" + id,
                1,
                "user",
                form.eventType().formatted(id),
                form.filters() == null ? null : json(form.filters().formatted(id)),
                "f",
                List.of(),
                null,
                PublishedSubscription.State.ACTIVE);
    }

    /** Written with single quotes here, escaped ones within. */
    private static String json(String text) {
        return text.replace("\\'", "\u0000").replace('\'', '"').replace('\u0000', '\'');
    }

    /** Of the rounds, the first of which warm up. */
    private static double fastest(SubscriptionIndex index) {
        double fastest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long matched = 0;
            long begin = System.nanoTime();
            long took;
            do {
                for (int i = 0; i < BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
                    long[] wanting = index.match("acme", EVENT);
                    if (wanting.length != 1 || wanting[0] != WANTING) {
                        throw new IllegalStateException(
                                "subscription %d wants the event, and no other".formatted(WANTING));
                    }
                    matched++;
                }
                took = System.nanoTime() - begin;
            } while (took < ROUND_NANOS);
            fastest = Math.max(fastest, matched * 1e9 / took);
        }
        return fastest;
    }
}
