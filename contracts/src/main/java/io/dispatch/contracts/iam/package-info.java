/** The wire of organizations, service accounts and policies: {@code /v1/iam}. */
@NullMarked
package io.dispatch.contracts.iam;

import org.jspecify.annotations.NullMarked;
