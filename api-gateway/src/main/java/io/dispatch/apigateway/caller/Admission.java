package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.iam.Identity;
import io.dispatch.http.Caller;

/**
 * A request that may pass.
 *
 * @param identity who is calling
 * @param caller the same as services know it: with the organization the request is about and what is allowed in it
 */
public record Admission(Identity identity, Caller caller) {}
