package io.dispatch.vault;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The vault of a service, by its settings {@code dispatch.vault.key-file} or {@code dispatch.vault.key} (the key itself). */
@Configuration(proxyBeanMethods = false)
public class VaultConfiguration {

    @Bean
    Vault vault(
            @Value("${dispatch.vault.key-file:#{null}}") @Nullable Path keyFile,
            @Value("${dispatch.vault.key:#{null}}") @Nullable String key,
            @Value("${dispatch.local-mode:false}") boolean localMode) {
        if (key != null) {
            return VaultKey.fromText(key);
        }
        if (keyFile == null) {
            throw new VaultKeyException(
                    "dispatch.vault.key-file or dispatch.vault.key is required: the key of the secrets");
        }
        return localMode ? VaultKey.fromFileOrNew(keyFile) : VaultKey.fromFile(keyFile);
    }
}
