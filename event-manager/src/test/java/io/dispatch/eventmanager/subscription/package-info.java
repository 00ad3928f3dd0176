@NullMarked
package io.dispatch.eventmanager.subscription;

import org.jspecify.annotations.NullMarked;
