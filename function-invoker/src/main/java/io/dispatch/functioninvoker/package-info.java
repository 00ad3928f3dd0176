/** The service that delivers events to functions until they worked or are dead letters; functions, runs, images. */
@NullMarked
package io.dispatch.functioninvoker;

import org.jspecify.annotations.NullMarked;
