/** Events that functions answered with: taken from where function-invoker puts them, and accepted like all others. */
@NullMarked
package io.dispatch.eventmanager.reply;

import org.jspecify.annotations.NullMarked;
