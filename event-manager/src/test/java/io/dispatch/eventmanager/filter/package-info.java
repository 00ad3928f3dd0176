@NullMarked
package io.dispatch.eventmanager.filter;

import org.jspecify.annotations.NullMarked;
