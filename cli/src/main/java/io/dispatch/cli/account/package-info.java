/** Who is calling: contexts, login, and the first account of a server. */
@NullMarked
package io.dispatch.cli.account;

import org.jspecify.annotations.NullMarked;
