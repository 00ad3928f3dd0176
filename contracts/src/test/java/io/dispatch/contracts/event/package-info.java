@NullMarked
package io.dispatch.contracts.event;

import org.jspecify.annotations.NullMarked;
