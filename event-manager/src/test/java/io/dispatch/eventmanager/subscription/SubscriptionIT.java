package io.dispatch.eventmanager.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.eventmanager.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class SubscriptionIT extends RunningService {
    private static final String PATH = "/v1/event/subscriptions";
    private static final String MAILER =
            "{\"name\":\"order-paid-mailer\",\"eventType\":\"order.paid\",\"function\":\"send-receipt\","
                    + "\"secrets\":[\"smtp\"],\"tags\":[{\"key\":\"Application\",\"value\":\"shop\"}]}";

    @Autowired
    private PublishedSubscriptions published;

    private String organization = "";

    @BeforeEach
    void newOrganization() {
        organization = "subscribe-" + UUID.randomUUID();
    }

    @Test
    void aNewSubscriptionIsCreatingInTheAnswerAndReadyAfterwards() {
        long before = Instant.now().getEpochSecond();

        HttpResponse<String> created = postJson(organization, PATH, MAILER);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("ETag")).contains("\"1\"");
        String shape = "\\{\"createdTime\":(\\d+),\"eventType\":\"order.paid\",\"function\":\"send-receipt\","
                + "\"kind\":\"Subscription\",\"modifiedTime\":(\\d+),\"name\":\"order-paid-mailer\",\"secrets\":\\[\"smtp\"],"
                + "\"status\":\"%s\",\"tags\":\\[\\{\"key\":\"Application\",\"value\":\"shop\"}]}";
        assertThat(created.body()).matches(shape.formatted("CREATING"));
        long createdTime = Long.parseLong(created.body().replaceAll(".*\"createdTime\":(\\d+).*", "$1"));
        assertThat(createdTime).isBetween(before, before + 60);
        HttpResponse<String> read = get(organization, PATH + "/order-paid-mailer");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(read.body()).matches(shape.formatted("READY"));
        assertThat(get(organization, PATH + "/").body()).isEqualTo("[" + read.body() + "]");
    }

    @Test
    void absentArraysComeBackAsNull() {
        HttpResponse<String> created = postJson(
                organization,
                PATH,
                "{\"name\":\"plain\",\"eventType\":\"a\",\"function\":\"f\",\"secrets\":null,\"kind\":\"Subscription\","
                        + "\"status\":\"READY\",\"createdTime\":1,\"id\":\"" + UUID.randomUUID() + "\",\"unknown\":1}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body())
                .contains("\"secrets\":null")
                .contains("\"tags\":null")
                .doesNotContain("\"id\"");
    }

    @Test
    void aNameIsMadeUpWhenNoneIsSent() {
        HttpResponse<String> created = postJson(organization, PATH, "{\"eventType\":\"a\",\"function\":\"f\"}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).containsPattern("\"name\":\"[a-z]+-[a-z]+-[1-9][0-9]{5}\"");
    }

    @Test
    void aNameIsTakenOnceInEachOrganization() {
        assertThat(postJson(organization, PATH, MAILER).statusCode()).isEqualTo(201);

        HttpResponse<String> again = postJson(organization, PATH, MAILER);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("\"message\":\"subscription order-paid-mailer already exists\"");
        assertThat(postJson("other-" + organization, PATH, MAILER).statusCode()).isEqualTo(201);
    }

    @Test
    void ofManyWhoCreateTheSameNameOneSucceeds() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> create =
                    () -> postJson(organization, PATH, MAILER).statusCode();

            List<Integer> statuses = threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(i -> create).toList())
                    .stream()
                    .map(future -> future.resultNow())
                    .sorted()
                    .toList();

            assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
        }
    }

    @Test
    void whatIsReplacedByTheSameStaysAsItWasAndIsNotPublishedAgain() {
        postJson(organization, PATH, MAILER);
        String before = get(organization, PATH + "/order-paid-mailer").body();
        long version = published.version();

        HttpResponse<String> replaced = put("order-paid-mailer", MAILER, "\"1\"");

        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(get(organization, PATH + "/order-paid-mailer").body()).isEqualTo(before);
        assertThat(published.version()).isEqualTo(version);
    }

    @Test
    void aReplacementIsWholeAndCountsTheVersion() {
        postJson(organization, PATH, MAILER);

        HttpResponse<String> replaced =
                put("order-paid-mailer", "{\"eventType\":\"order.*\",\"function\":\"g\"}", null);

        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(replaced.body())
                .contains(
                        "\"eventType\":\"order.*\"",
                        "\"function\":\"g\"",
                        "\"secrets\":null",
                        "\"tags\":null",
                        "UPDATING");
        assertThat(get(organization, PATH + "/order-paid-mailer").body()).contains("READY", "order.*");
    }

    @Test
    void aChangeToAnOldVersionIsRefused() {
        postJson(organization, PATH, MAILER);
        assertThat(put("order-paid-mailer", MAILER.replace("send-receipt", "other"), "\"1\"")
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> late = put("order-paid-mailer", MAILER, "\"1\"");
        HttpResponse<String> lateDelete = delete("order-paid-mailer", "\"1\"");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(lateDelete.statusCode()).isEqualTo(412);
        assertThat(delete("order-paid-mailer", "\"2\"").statusCode()).isEqualTo(200);
    }

    @Test
    void aSubscriptionCannotBeRenamed() {
        postJson(organization, PATH, MAILER);

        HttpResponse<String> renamed = put("order-paid-mailer", MAILER.replace("order-paid-mailer", "other"), null);

        assertThat(renamed.statusCode()).isEqualTo(400);
        assertThat(renamed.body()).contains("cannot be renamed");
    }

    @Test
    void aDeletedSubscriptionIsGoneButOthersCanStillTellWhatItWas() {
        postJson(organization, PATH, MAILER);

        HttpResponse<String> deleted = delete("order-paid-mailer", null);

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body()).contains("\"name\":\"order-paid-mailer\"", "DELETING");
        assertThat(delete("order-paid-mailer", null).statusCode()).isEqualTo(404);
        HttpResponse<String> read = get(organization, PATH + "/order-paid-mailer");
        assertThat(read.statusCode()).isEqualTo(404);
        assertThat(read.body()).contains("\"message\":\"subscription order-paid-mailer not found\"");
        assertThat(get(organization, PATH).body()).isEqualTo("[]");
        assertThat(postJson(organization, PATH, MAILER).statusCode()).isEqualTo(201);
        List<PublishedSubscription> all = published.changesSince(0).subscriptions().stream()
                .filter(subscription -> subscription.organization().equals(organization))
                .toList();
        assertThat(all)
                .extracting(PublishedSubscription::name, PublishedSubscription::state)
                .containsExactlyInAnyOrder(
                        tuple("order-paid-mailer", State.DELETED), tuple("order-paid-mailer", State.ACTIVE));
    }

    @Test
    void eachChangeIsPublishedWithItself() {
        long before = published.version();

        postJson(organization, PATH, MAILER);
        put("order-paid-mailer", MAILER.replace("send-receipt", "other"), null);

        PublishedSubscriptions.Changes changes = published.changesSince(before);
        assertThat(changes.version()).isEqualTo(before + 2);
        assertThat(changes.subscriptions()).singleElement().satisfies(subscription -> {
            assertThat(subscription.organization()).isEqualTo(organization);
            assertThat(subscription.function()).isEqualTo("other");
            assertThat(subscription.secrets()).containsExactly("smtp");
            assertThat(subscription.version()).isEqualTo(2);
            assertThat(subscription.kind()).isEqualTo("user");
        });
    }

    @Test
    void deliverySettingsComeBackAsSentAndArePublished() {
        String settings = "{\"concurrency\":8,\"maxAge\":\"PT6H\",\"maxAttempts\":10,\"maxBackoff\":\"PT60S\","
                + "\"minBackoff\":\"PT1S\",\"ordering\":\"key\",\"rate\":50,\"timeout\":\"PT10S\"}";
        String body = MAILER.replace("{\"name\"", "{\"delivery\":%s,\"paused\":true,\"name\"".formatted(settings));
        long before = published.version();

        HttpResponse<String> created = postJson(organization, PATH, body);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(get(organization, PATH + "/order-paid-mailer").body())
                .contains("\"delivery\":" + settings + ",\"eventType\"", "\"paused\":true,\"secrets\"", "READY");
        assertThat(published.changesSince(before).subscriptions())
                .singleElement()
                .satisfies(subscription -> {
                    assertThat(subscription.state()).isEqualTo(State.PAUSED);
                    assertThat(subscription.delivery()).contains("\"rate\": 50", "\"ordering\": \"key\"");
                });
        assertThat(put("order-paid-mailer", MAILER, null).body()).doesNotContain("delivery", "paused");
        assertThat(published.changesSince(before).subscriptions())
                .singleElement()
                .satisfies(subscription -> {
                    assertThat(subscription.state()).isEqualTo(State.ACTIVE);
                    assertThat(subscription.delivery()).isNull();
                });
    }

    @Test
    void tagsFilterListsAndSingleReads() {
        postJson(organization, PATH, MAILER);
        postJson(organization, PATH, "{\"name\":\"untagged\",\"eventType\":\"a\",\"function\":\"f\"}");

        assertThat(get(organization, PATH + "?tags=app%3Dshop").body())
                .contains("order-paid-mailer")
                .doesNotContain("untagged");
        assertThat(get(organization, PATH + "/untagged?tags=app%3Dshop").statusCode())
                .isEqualTo(404);
        assertThat(get(organization, PATH + "?tags=shop").statusCode()).isEqualTo(400);
    }

    @Test
    void anotherOrganizationSeesAndChangesNothing() {
        postJson(organization, PATH, MAILER);
        String other = "other-" + organization;

        assertThat(get(other, PATH).body()).isEqualTo("[]");
        assertThat(get(other, PATH + "/order-paid-mailer").statusCode()).isEqualTo(404);
        assertThat(send(request(other, PATH + "/order-paid-mailer").DELETE()).statusCode())
                .isEqualTo(404);
        assertThat(get(organization, PATH + "/order-paid-mailer").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"function":"f"}                                         | 422 | "code":602,"message":"eventType in body is required"
            {"eventType":null,"function":"f"}                        | 422 | "code":602,"message":"eventType in body is required"
            {"eventType":"","function":"f"}                          | 422 | "code":605,"message":"eventType in body should match
            {"eventType":"a b","function":"f"}                       | 422 | "code":605,"message":"eventType in body should match
            {"eventType":"a"}                                        | 422 | "code":602,"message":"function in body is required"
            {"eventType":"a","function":"f.g"}                       | 422 | "code":605,"message":"function in body should match
            {"eventType":"a","function":"f","name":"-x"}             | 422 | "code":605,"message":"name should start with letter or number
            {"eventType":"a","function":"f","status":"DONE"}         | 422 | "code":606,"message":"status in body should be one of
            {"eventType":"a","function":"f","id":"7"}                | 422 | "code":601
            {"eventType":"a","function":"f","secrets":"x"}           | 400 | "message":"secrets in body should be an array
            {"eventType":"a","function":"f","tags":[null]}           | 422 | "code":602
            {"eventType":5,"function":"f"}                           | 400 | "message":"eventType in body should be a string
            {"eventType":"a","function":"f","paused":"yes"}          | 400 | "message":"paused in body should be true or false
            {"eventType":"a","function":"f","delivery":5}            | 400 | "message":"delivery in body should be an object
            {"eventType":"a","function":"f","delivery":{"rate":0}}   | 422 | "code":601,"message":"delivery.rate in body must be 1 to 100000, but was 0"
            {"eventType":"a","function":"f","delivery":{"ordering":"x"}} | 422 | "code":606,"message":"delivery.ordering in body should be one of [none key]"
            {"eventType":"a","eventType":"b","function":"f"}         | 400 | "message":"body is not JSON: Duplicate
            {                                                        | 400 | "message":"body is not JSON
            []                                                       | 400 | "code":400
            """)
    void whatBreaksARuleIsRefused(String body, int status, String message) {
        HttpResponse<String> answer = postJson(organization, PATH, body);

        assertThat(answer.body()).contains(message);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void longNamesAndTypesAreRefused() {
        String type = "{\"eventType\":\"%s\",\"function\":\"f\"}".formatted("x".repeat(129));

        assertThat(postJson(organization, PATH, type).body())
                .contains("\"code\":603,\"message\":\"eventType in body should be at most 128 chars long\"");
        assertThat(get(organization, PATH + "/a%20b").statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> put(String name, String body, @Nullable String ifMatch) {
        var request = request(organization, PATH + "/" + name)
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofString(body));
        return send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    private HttpResponse<String> delete(String name, @Nullable String ifMatch) {
        var request = request(organization, PATH + "/" + name).DELETE();
        return send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }
}
