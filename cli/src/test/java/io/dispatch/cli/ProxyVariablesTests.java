package io.dispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyVariablesTests {

    @Test
    void nameTheProxyAndWhoIsReachedWithoutIt() {
        assertThat(ProxyVariables.properties(Map.of(
                        "HTTPS_PROXY", "http://proxy.corp:3128", "http_proxy", "other", "NO_PROXY", ".corp, 10.0.0.1")))
                .containsOnly(
                        Map.entry("https.proxyHost", "proxy.corp"),
                        Map.entry("https.proxyPort", "3128"),
                        Map.entry("http.proxyHost", "other"),
                        Map.entry("http.proxyPort", "80"),
                        Map.entry("http.nonProxyHosts", "localhost|127.*|[::1]|corp|*.corp|10.0.0.1|*.10.0.0.1"));
    }

    @Test
    void changeNothingWhereThereIsNone() {
        assertThat(ProxyVariables.properties(Map.of("NO_PROXY", "*", "HTTP_PROXY", "")))
                .isEmpty();
    }

    @Test
    void areToldInOneLineIfTheyNameNone() {
        assertThatThrownBy(() -> ProxyVariables.properties(Map.of("HTTPS_PROXY", "http://")))
                .hasMessage("The variable HTTPS_PROXY names no proxy: write it as http://HOST:PORT, or unset it.");
    }
}
