/** How every service speaks HTTP: one error body, versions as ETags, the tags filter, and who is calling. */
@NullMarked
package io.dispatch.http;

import org.jspecify.annotations.NullMarked;
