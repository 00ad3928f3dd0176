@NullMarked
package io.dispatch.eventmanager.reply;

import org.jspecify.annotations.NullMarked;
