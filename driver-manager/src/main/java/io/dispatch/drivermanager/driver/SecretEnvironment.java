package io.dispatch.drivermanager.driver;

import io.dispatch.vault.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The keys of secrets as environment variables of a driver: upper case, {@code -} becomes {@code _}. What would take the place
 * of another variable is refused, where the original let the last one win.
 */
@Component
class SecretEnvironment {

    private static final Set<String> RESERVED = Set.of(
            "AUTH_TOKEN",
            "PATH",
            "PORT",
            "HOSTNAME",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "CLASSPATH");
    private static final List<String> RESERVED_BEGINNINGS = List.of("K_", "DISPATCH_", "LD_");
    private static final Pattern VARIABLE = Pattern.compile("[^=\0]+");

    private final Secrets secrets;

    SecretEnvironment(Secrets secrets) {
        this.secrets = secrets;
    }

    /** What the secrets of a driver come to. */
    sealed interface Outcome {

        /** The variables. Its text form shows their names only. */
        record Variables(Map<String, String> values) implements Outcome {
            @Override
            public String toString() {
                return "Variables" + values.keySet();
            }
        }

        /** There is no secret of that name, or none that can be read; it may come. */
        record Absent(String reason) implements Outcome {}

        /** They can never be an environment. */
        record Refused(String rule) implements Outcome {}
    }

    /**
     * Reads them all.
     *
     * @param names of secrets of that organization; null means none
     */
    Outcome read(String organization, @Nullable List<String> names) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> from = new HashMap<>();
        @Nullable String absent = null;
        for (String name :
                names == null ? List.<String>of() : names.stream().distinct().toList()) {
            switch (secrets.read(organization, name)) {
                case Secrets.Lookup.Missing _ ->
                    absent = "SecretMissing: secret %s does not exist in organization %s".formatted(name, organization);
                case Secrets.Lookup.Unreadable _ ->
                    absent = "SecretUnreadable: secret %s was encrypted with another key; write its values again"
                            .formatted(name);
                case Secrets.Lookup.Found found -> {
                    for (Map.Entry<String, String> entry :
                            found.values().byKey().entrySet()) {
                        String variable = variable(entry.getKey());
                        @Nullable String rule = brokenRule(name, entry.getKey(), variable, from.get(variable));
                        if (rule != null) {
                            return new Outcome.Refused(rule);
                        }
                        values.put(variable, entry.getValue());
                        from.put(variable, "%s of secret %s".formatted(entry.getKey(), name));
                    }
                }
            }
        }
        return absent == null ? new Outcome.Variables(values) : new Outcome.Absent(absent);
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static @Nullable String brokenRule(String secret, String key, String variable, @Nullable String other) {
        String subject = "key %s of secret %s would be the environment variable %s".formatted(key, secret, variable);
        if (!VARIABLE.matcher(variable).matches()) {
            return subject + ", which is no name of a variable";
        }
        if (RESERVED.contains(variable) || RESERVED_BEGINNINGS.stream().anyMatch(variable::startsWith)) {
            return subject + ", which is reserved";
        }
        return other == null ? null : subject + ", and so would key " + other;
    }
}
