package io.dispatch.eventmanager.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dispatch.eventmanager.RunningService;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventsIT extends RunningService {
    private static final Pattern LINK = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private String organization = "";

    @BeforeEach
    void newOrganization() {
        organization = "events-" + UUID.randomUUID();
        subscribe(organization);
    }

    @Test
    void anAcceptedEventIsShownAsItWasSentWithWhoWantedIt() {
        HttpResponse<String> emitted = emit(organization, "4711", "{\"total\":19.90}");

        HttpResponse<String> answer = get(organization, "/v1/event/events");
        JsonNode event = JsonMapper.shared().readTree(answer.body()).get(0);

        assertThat(event.at("/eventId").asString())
                .isEqualTo(emitted.headers().firstValue("Dispatch-Event-Id").orElseThrow());
        assertThat(answer.body())
                .contains("\"event\":{\"specversion\":\"1.0\",\"type\":\"order.paid\",\"source\":\"/shop+eu\","
                        + "\"id\":\"4711\",\"datacontenttype\":\"application/json\",\"data\":{\"total\":19.90}}");
        assertThat(event.at("/matched").toString()).isEqualTo("[{\"function\":\"mail\",\"subscription\":\"orders\"}]");
        assertThat(Instant.parse(event.at("/acceptedAt").asString()))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(event.has("shortened")).isFalse();
    }

    @Test
    void pagesAreFollowedByTheirLinkWhateverTheQueryHolds() {
        IntStream.range(0, 7).forEach(i -> emit(organization, "" + i, "\"{a} & b+c\""));
        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();

        String path = "/v1/event/events?limit=3&type=order.*&source=%2Fshop%2Beu&text=%7Ba%7D%20%26%20b%2B";
        while (path != null) {
            HttpResponse<String> page = get(organization, path);
            assertThat(page.statusCode()).isEqualTo(200);
            JsonNode events = JsonMapper.shared().readTree(page.body());
            sizes.add(events.size());
            events.forEach(event -> found.add(event.at("/event/id").asString()));
            path = page.headers()
                    .firstValue("Link")
                    .map(LINK::matcher)
                    .filter(Matcher::matches)
                    .map(link -> link.group(1))
                    .orElse(null);
        }

        assertThat(found).containsExactly("6", "5", "4", "3", "2", "1", "0");
        assertThat(sizes).startsWith(3, 3, 1);
    }

    @Test
    void timesAreSecondsOrDates() {
        emit(organization, "1", "1");
        Instant now = Instant.now();
        String later = now.plusSeconds(60).toString();
        long earlier = now.minusSeconds(60).getEpochSecond();

        assertThat(list("?since=" + earlier + "&until=" + later)).hasSize(1);
        assertThat(list("?since=" + later)).isEmpty();
        assertThat(list("?until=" + earlier)).isEmpty();
        assertThat(list("?since=-62135596800")).hasSize(1);
        assertThat(list("?until=999999999999999999")).hasSize(1);
    }

    @Test
    void nobodySeesWhatAnotherOrganizationEmits() {
        String other = "events-" + UUID.randomUUID();
        subscribe(other);
        emit(other, "secret", "1");

        assertThat(list("")).isEmpty();
        assertThat(list("?id=secret")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            limit=0 | 400 | limit in query must be 1 to 1000, but was 0
            limit=1001 | 400 | limit in query must be 1 to 1000, but was 1001
            cursor=1.2 | 400 | cursor in query must be one that a Link header gave, but was "1.2"
            since=yesterday | 400 | since in query must be seconds since 1970 or a date-time such as 2026-11-24T09:15:00Z, but was "yesterday"
            text=a&since=2026-01-01T00:00:00Z&until=2026-01-03T00:00:00Z | 400 | text in query is searched for in at most 24 hours, but since 2026-01-01T00:00:00Z until 2026-01-03T00:00:00Z are more
            source=%00 | 400 | the character U+0000 is not allowed in any value
            """)
    void whatMakesNoSenseIsToldInOneSentence(String query, int status, String message) {
        HttpResponse<String> answer = get(organization, "/v1/event/events?" + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(answer.body()).at("/message").asString())
                .isEqualTo(message);
    }

    private void subscribe(String of) {
        HttpResponse<String> answer = postJson(
                of, "/v1/event/subscriptions", "{\"name\":\"orders\",\"eventType\":\"order.*\",\"function\":\"mail\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> emit(String of, String id, String data) {
        return post(
                of,
                "/v1/event",
                Map.of("Content-Type", "application/cloudevents+json"),
                "{\"specversion\":\"1.0\",\"type\":\"order.paid\",\"source\":\"/shop+eu\",\"id\":\"%s\",\"data\":%s}"
                        .formatted(id, data));
    }

    private JsonNode list(String query) {
        HttpResponse<String> answer = get(organization, "/v1/event/events" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
