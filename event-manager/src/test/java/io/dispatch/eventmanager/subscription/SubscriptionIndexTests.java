package io.dispatch.eventmanager.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.eventlog.PublishedSubscriptions.Changes;
import io.dispatch.eventmanager.filter.Candidate;
import io.dispatch.eventmanager.filter.Filters;
import io.dispatch.eventmanager.filter.InvalidFilterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionIndexTests {

    @ParameterizedTest
    @CsvSource({
        "order.paid, order.paid, true",
        "order.paid, order.Paid, false",
        "order.paid, order.paid.late, false",
        "order.*, order.paid, true",
        "order.*, order., true",
        "order.*, order, false",
        "*, anything, true",
        "*.paid, order.paid, true",
        "*.paid, order.paid.x, false",
        "com.*.paid, com.shop.eu.paid, true",
        "com.*.paid, com.paid, false",
        "a*a, a, false",
        "a*a, aa, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, acb, false",
        "a*bc*c, abc, false",
        "**, x, true",
    })
    void aWildcardStandsForAnyRunOfCharacters(String wanted, String type, boolean matches) {
        SubscriptionIndex index = index(1, subscription(1, "acme", wanted, State.ACTIVE));

        assertThat(match(index, "acme", type)).isEqualTo(matches ? new long[] {1} : new long[] {});
    }

    @Test
    void everySubscriptionThatWantsAnEventIsFound() {
        SubscriptionIndex index = index(
                4,
                subscription(1, "acme", "a", State.ACTIVE),
                subscription(2, "acme", "a", State.PAUSED),
                subscription(3, "acme", "*", State.ACTIVE),
                subscription(4, "acme", "b", State.ACTIVE),
                subscription(5, "other", "a", State.ACTIVE));

        assertThat(match(index, "acme", "a")).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(match(index, "other", "a")).containsExactly(5);
        assertThat(match(index, "nobody", "a")).isEmpty();
    }

    @Test
    void aStepChangesTheNextIndexAndNotTheOneBefore() {
        SubscriptionIndex before =
                index(2, subscription(1, "acme", "a", State.ACTIVE), subscription(2, "acme", "a", State.ACTIVE));

        SubscriptionIndex after = before.with(new Changes(
                4, List.of(subscription(1, "acme", "a", State.DELETED), subscription(2, "acme", "b", State.ACTIVE))));

        assertThat(before.version()).isEqualTo(2);
        assertThat(match(before, "acme", "a")).containsExactlyInAnyOrder(1, 2);
        assertThat(after.version()).isEqualTo(4);
        assertThat(match(after, "acme", "a")).isEmpty();
        assertThat(match(after, "acme", "b")).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            *       ; [{"exact":{"type":"order.paid"}}]                                                  ; true
            *       ; [{"exact":{"type":"order.sent"}}]                                                  ; false
            *       ; [{"exact":{"type":"order.paid","source":"/eu"}}]                                   ; true
            *       ; [{"exact":{"type":"order.paid","source":"/us"}}]                                   ; false
            *       ; [{"prefix":{"source":"/e"}},{"suffix":{"source":"u"}}]                             ; true
            *       ; [{"prefix":{"source":"/eu/"}}]                                                     ; false
            *       ; [{"any":[{"exact":{"type":"order.paid"}},{"exact":{"source":"/eu"}}]}]             ; true
            *       ; [{"any":[{"exact":{"type":"order.sent"}},{"sql":"source LIKE '%u'"}]}]             ; true
            *       ; [{"not":{"exact":{"type":"order.paid"}}}]                                          ; false
            order.* ; [{"exact":{"source":"/eu"}}]                                                       ; true
            ship.*  ; [{"exact":{"source":"/eu"}}]                                                       ; false
            *       ; []                                                                                 ; true
            """)
    void filtersAndEventTypeMustBothMatch(String eventType, String filters, boolean matches) {
        SubscriptionIndex index = index(1, subscription(1, eventType, filters));

        assertThat(match(index, "acme", "order.paid")).isEqualTo(matches ? new long[] {1} : new long[] {});
    }

    @Test
    void anIndexOfRandomFiltersFindsWhatMatchesAndNothingElse() throws InvalidFilterException {
        Random random = new Random(7);
        List<String> texts = List.of("a", "ab", "abc", "b", "bc", "c");
        List<PublishedSubscription> subscriptions = IntStream.range(0, 300)
                .mapToObj(id -> subscription(id, randomType(random), "[" + randomFilter(random, texts, 3) + "]"))
                .toList();
        SubscriptionIndex index = SubscriptionIndex.empty().with(new Changes(1, subscriptions));

        for (int i = 0; i < 500; i++) {
            Map<String, Object> attributes = new HashMap<>(Map.of("id", "1", "source", "/" + one(random, texts)));
            if (random.nextBoolean()) {
                attributes.put("number", 5);
            }
            attributes.put("type", one(random, texts));
            if (random.nextBoolean()) {
                attributes.put("subject", one(random, texts));
            }
            Event event = Event.of(attributes, null);
            List<Long> wanted = new ArrayList<>();
            for (PublishedSubscription subscription : subscriptions) {
                if (EventTypePattern.of(subscription.eventType()).matches(event.type())
                        && Filters.parse(Objects.requireNonNull(subscription.filters()))
                                .matches(new Candidate(event))) {
                    wanted.add(subscription.id());
                }
            }
            assertThat(Arrays.stream(index.match("acme", event)).boxed().toList())
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static String randomType(Random random) {
        return one(random, List.of("*", "a", "ab", "a*", "*c", "a*c"));
    }

    private static String randomFilter(Random random, List<String> texts, int depth) {
        String dialect = one(
                random,
                depth == 0
                        ? List.of("exact", "prefix", "sql")
                        : List.of("exact", "prefix", "suffix", "sql", "all", "any", "not"));
        return switch (dialect) {
            case "all", "any" ->
                "{\"%s\":[%s,%s]}"
                        .formatted(
                                dialect,
                                randomFilter(random, texts, depth - 1),
                                randomFilter(random, texts, depth - 1));
            case "sql" -> "{\"sql\":\"%s\"}".formatted(randomSql(random, texts, 2));
            case "not" -> "{\"not\":%s}".formatted(randomFilter(random, texts, depth - 1));
            default ->
                "{\"%s\":{\"%s\":\"%s\"}}"
                        .formatted(dialect, one(random, List.of("type", "subject")), one(random, texts));
        };
    }

    private static String randomSql(Random random, List<String> texts, int depth) {
        String attribute = one(random, List.of("type", "subject", "number"));
        String text = one(random, texts);
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> "%s = '%s'".formatted(attribute, text);
            case 1 -> "%s LIKE '%s%%'".formatted(attribute, text);
            case 2 -> "%s IN ('%s', '05')".formatted(attribute, text);
            case 3 -> "%s LIKE '%s'".formatted(attribute, text);
            case 4 -> "'05' = number";
            case 5 -> "NOT (%s)".formatted(randomSql(random, texts, depth - 1));
            default ->
                "(%s %s %s)"
                        .formatted(
                                randomSql(random, texts, depth - 1),
                                one(random, List.of("AND", "OR", "XOR")),
                                randomSql(random, texts, depth - 1));
        };
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static long[] match(SubscriptionIndex index, String organization, String type) {
        return index.match(organization, Event.of(Map.of("id", "1", "source", "/eu", "type", type), null));
    }

    private static SubscriptionIndex index(long version, PublishedSubscription... subscriptions) {
        return SubscriptionIndex.empty().with(new Changes(version, List.of(subscriptions)));
    }

    private static PublishedSubscription subscription(long id, String organization, String eventType, State state) {
        return new PublishedSubscription(
                id, organization, "s" + id, 1, "user", eventType, null, "f", List.of(), null, state);
    }

    private static PublishedSubscription subscription(long id, String eventType, String filters) {
        return new PublishedSubscription(
                id, "acme", "s" + id, 1, "user", eventType, filters, "f", List.of(), null, State.ACTIVE);
    }
}
