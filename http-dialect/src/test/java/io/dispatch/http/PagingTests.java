package io.dispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagingTests {

    @Test
    void theAddressOfTheNextPageEncodesWhatWouldMeanSomethingElseThere() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("reason", "a&b={c}");
        parameters.put("type", null);
        parameters.put("since", "2026-11-24T08:00:00+01:00");
        parameters.put("limit", 2);

        assertThat(Paging.next("/v1/deadletters", parameters))
                .isEqualTo("</v1/deadletters?reason=a%26b%3D%7Bc%7D&since=2026-11-24T08%3A00%3A00%2B01%3A00&limit=2>;"
                        + " rel=\"next\"");
    }

    @Test
    void aLimitIsOneToTheMost() {
        assertThatCode(() -> Paging.checkLimit(1, 1000)).doesNotThrowAnyException();
        assertThatCode(() -> Paging.checkLimit(1000, 1000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Paging.checkLimit(0, 1000)).hasMessage("limit in query must be 1 to 1000, but was 0");
        assertThatThrownBy(() -> Paging.checkLimit(1001, 1000))
                .hasMessage("limit in query must be 1 to 1000, but was 1001");
    }
}
