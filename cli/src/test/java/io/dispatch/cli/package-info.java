/** The command as its users call it, against servers that write down what they were asked. */
@NullMarked
package io.dispatch.cli;

import org.jspecify.annotations.NullMarked;
