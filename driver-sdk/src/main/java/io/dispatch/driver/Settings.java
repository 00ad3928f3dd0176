package io.dispatch.driver;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** Reads what the platform sets in the environment. */
final class Settings {

    private Settings() {}

    /** A whole number between two bounds, both allowed. */
    static int number(Map<String, String> environment, String name, int absent, int least, int most) {
        String text = environment.getOrDefault(name, "");
        if (text.isEmpty()) {
            return absent;
        }
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new ConfigurationException(
                "%s is a whole number from %d to %d, not \"%s\"".formatted(name, least, most, text));
    }

    /** An absolute http or https URL; the value is never shown, as it may hold a credential. */
    static URI url(String name, String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below in the same sentence; the exception's own message would show the whole URL.
        }
        throw new ConfigurationException(name
                + " is no absolute http or https URL with a host (its value may hold a credential and is not shown)");
    }
}
