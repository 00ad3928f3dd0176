@NullMarked
package io.dispatch.eventmanager.event;

import org.jspecify.annotations.NullMarked;
