package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.iam.RsaKey;
import io.dispatch.http.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The key of the bootstrap user, through whom the first account is made (contract section 10.5). A mounted folder is looked
 * at once a second, so that emptying it shuts this door. Safe for use by many threads.
 */
@Component
class BootstrapKey {

    private static final Logger log = LoggerFactory.getLogger(BootstrapKey.class);

    private final CallerSettings settings;
    private volatile @Nullable Known known;

    BootstrapKey(CallerSettings settings) {
        this.settings = settings;
        this.known = read();
    }

    /** The key of that user, or empty if the bootstrap user has another name or there is none. */
    Optional<RSAPublicKey> of(String user) {
        Known now = known;
        return now == null || !now.user().equals(user) ? Optional.empty() : Optional.of(now.key());
    }

    /** Looks at the folder again. */
    @Scheduled(fixedDelayString = "PT1S", initialDelayString = "PT1S")
    void refresh() {
        known = read();
    }

    private @Nullable Known read() {
        Path folder = settings.bootstrapFolder();
        String user = folder == null ? settings.bootstrapUser() : text(folder.resolve("bootstrap_user"));
        String key = folder == null ? settings.bootstrapPublicKey() : text(folder.resolve("bootstrap_public_key"));
        if (user == null || user.isBlank() || key == null || key.isBlank()) {
            return null;
        }
        Known before = known;
        if (before != null && before.text().equals(key) && before.user().equals(user)) {
            return before;
        }
        return parse(user, key);
    }

    private static @Nullable Known parse(String user, String key) {
        try {
            return new Known(user, key, RsaKey.parse(key));
        } catch (ApiException e) {
            log.atWarn()
                    .addKeyValue("user", user)
                    .addKeyValue("reason", e.getMessage())
                    .log("no bootstrap user");
            return null;
        }
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file).strip() : null;
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.getMessage())
                    .log("no bootstrap user");
            return null;
        }
    }

    private record Known(String user, String text, RSAPublicKey key) {}
}
