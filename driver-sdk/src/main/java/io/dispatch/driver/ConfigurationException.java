package io.dispatch.driver;

/**
 * What the user configured cannot work. {@link DriverMain} prints the message as one line and exits with
 * {@value DriverMain#EXIT_CONFIGURATION}; the message names the option, the value (unless it is a secret) and the rule.
 */
public final class ConfigurationException extends RuntimeException {

    public ConfigurationException(String message) {
        super(message);
    }
}
