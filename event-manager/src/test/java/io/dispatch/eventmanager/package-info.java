@NullMarked
package io.dispatch.eventmanager;

import org.jspecify.annotations.NullMarked;
