/** CloudEvents SQL: an expression is parsed once and then evaluated against events at a bounded cost. */
@NullMarked
package io.dispatch.eventmanager.cesql;

import org.jspecify.annotations.NullMarked;
