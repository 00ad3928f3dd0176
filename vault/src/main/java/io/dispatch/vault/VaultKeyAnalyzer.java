package io.dispatch.vault;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A service whose key cannot be used ends at its start with one sentence and what to do, without a stack trace. */
final class VaultKeyAnalyzer extends AbstractFailureAnalyzer<VaultKeyException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, VaultKeyException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Give every service the same key: the file that local mode made, or a Tink key set (AES256_GCM) of your own.",
                root);
    }
}
