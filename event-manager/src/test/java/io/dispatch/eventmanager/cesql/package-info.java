@NullMarked
package io.dispatch.eventmanager.cesql;

import org.jspecify.annotations.NullMarked;
