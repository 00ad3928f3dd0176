/** The kinds of resources, and what can be done with all of them alike: get, delete, edit. */
@NullMarked
package io.dispatch.cli.resource;

import org.jspecify.annotations.NullMarked;
