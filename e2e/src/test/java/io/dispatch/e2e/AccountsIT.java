package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** With {@code --auth} nobody gets in without a token, and the one that is printed works. */
class AccountsIT {

    private static final Pattern TOKEN = Pattern.compile("Authorization: Bearer ([\\w.\\-]+)");

    @Test
    void thePrintedTokenOpensTheDoorAndNothingElseDoes() throws Exception {
        try (Product product = Product.start("accounts", "--auth")) {
            Matcher printed = TOKEN.matcher(product.said());
            assertThat(printed.find()).as(product.said()).isTrue();

            HttpResponse<String> withToken = product.send(product.request("/v1/event/subscriptions")
                    .header("X-Dispatch-Org", "dispatch")
                    .header("Authorization", "Bearer " + printed.group(1)));
            HttpResponse<String> withCookie = product.send(product.request("/v1/event/subscriptions")
                    .header("X-Dispatch-Org", "dispatch")
                    .header("Cookie", "unset"));
            HttpResponse<String> withForgedToken = product.send(product.request("/v1/event/subscriptions")
                    .header("X-Dispatch-Org", "dispatch")
                    .header("Authorization", "Bearer " + printed.group(1).replaceAll(".....$", "AAAAA")));

            assertThat(withToken.statusCode()).as(withToken.body()).isEqualTo(200);
            assertThat(withCookie.statusCode()).isEqualTo(401);
            assertThat(withForgedToken.statusCode()).isEqualTo(401);
        }
    }
}
