@NullMarked
package io.dispatch.eventlog;

import org.jspecify.annotations.NullMarked;
