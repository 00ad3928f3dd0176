package io.dispatch.apigateway.door;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Spring Boot print the sentence of an {@link UnsafeEntranceException} in place of a stack trace. */
final class UnsafeEntranceAnalyzer extends AbstractFailureAnalyzer<UnsafeEntranceException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafeEntranceException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
