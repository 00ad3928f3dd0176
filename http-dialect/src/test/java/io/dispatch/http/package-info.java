@NullMarked
package io.dispatch.http;

import org.jspecify.annotations.NullMarked;
