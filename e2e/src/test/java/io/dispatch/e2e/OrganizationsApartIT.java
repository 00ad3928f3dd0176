package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two organizations share an installation and see nothing of each other. */
@ExtendWith(SharedProduct.class)
class OrganizationsApartIT {

    @Test
    void nothingIsSeenOrReachedAcross(Product product) throws Exception {
        try (RecordingFunction acme = new RecordingFunction()) {
            create(product, "acme", "/v1/function", "{\"name\":\"f\",\"endpoint\":\"%s\"}".formatted(acme.url()));
            create(product, "acme", "/v1/secret", "{\"name\":\"s\",\"secrets\":{\"k\":\"hidden-value\"}}");
            create(product, "acme", "/v1/event/drivertypes", "{\"name\":\"t\",\"image\":\"some/image\"}");
            create(product, "acme", "/v1/event/drivers", "{\"name\":\"d\",\"type\":\"t\"}");
            create(
                    product,
                    "acme",
                    "/v1/event/subscriptions",
                    "{\"name\":\"sub\",\"eventType\":\"order.paid\",\"function\":\"f\"}");

            for (String path : new String[] {
                "/v1/function", "/v1/secret", "/v1/event/drivertypes", "/v1/event/drivers", "/v1/event/subscriptions"
            }) {
                assertThat(call(product, "globex", "GET", path, "").body())
                        .as(path)
                        .isEqualTo("[]");
            }
            for (String path : new String[] {
                "/v1/function/f",
                "/v1/secret/s",
                "/v1/event/drivertypes/t",
                "/v1/event/drivers/d",
                "/v1/event/subscriptions/sub"
            }) {
                assertThat(call(product, "globex", "GET", path, "").statusCode())
                        .as("read " + path)
                        .isEqualTo(404);
                assertThat(call(product, "globex", "DELETE", path, "").statusCode())
                        .as("delete " + path)
                        .isEqualTo(404);
            }

            assertThat(emit(product, "globex", "1").headers().firstValue("Dispatch-Matched"))
                    .hasValue("0");
            assertThat(emit(product, "acme", "2").headers().firstValue("Dispatch-Matched"))
                    .hasValue("1");
            await("acme's event")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> acme.ids().contains("2"));
            assertThat(acme.ids()).containsExactly("2");

            String run = await("acme's run")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> newestRun(product), name -> !name.isEmpty());
            assertThat(call(product, "globex", "GET", "/v1/runs/" + run, "").statusCode())
                    .isEqualTo(404);
            assertThat(call(product, "globex", "GET", "/v1/runs", "").body()).isEqualTo("[]");
        }
    }

    private static void create(Product product, String organization, String path, String json) throws Exception {
        HttpResponse<String> answer = call(product, organization, "POST", path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String newestRun(Product product) throws Exception {
        return Product.JSON
                .readTree(call(product, "acme", "GET", "/v1/runs", "").body())
                .path(0)
                .path("name")
                .asString();
    }

    private static HttpResponse<String> emit(Product product, String organization, String id) throws Exception {
        return product.send(product.request("/v1/event")
                .header("X-Dispatch-Org", organization)
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/shop")
                .header("ce-type", "order.paid")
                .POST(BodyPublishers.noBody()));
    }

    private static HttpResponse<String> call(
            Product product, String organization, String method, String path, String body) throws Exception {
        return product.send(product.request(path)
                .header("X-Dispatch-Org", organization)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
