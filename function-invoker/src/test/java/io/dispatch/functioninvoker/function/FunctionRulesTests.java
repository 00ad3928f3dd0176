package io.dispatch.functioninvoker.function;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.contracts.function.Function;
import io.dispatch.http.ApiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FunctionRulesTests {

    private final FunctionRules rules = new FunctionRules(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"command\":[\"hello\"]",
                "\"source\":\"H4sI\",\"image\":\"nodejs\"",
                "\"sourceURL\":\"https://example.com/source.tgz\",\"image\":\"nodejs\""
            })
    void codeOfOthersRunsHereInLocalModeOnly(String how) {
        Function function = JsonMapper.shared().readValue("{\"name\":\"f\",%s}".formatted(how), Function.class);

        assertThatThrownBy(() -> rules.check(function))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(" in body is possible in local mode only; give endpoint");
    }
}
