/** Many rows in one statement: each column goes to the database as one array. */
@NullMarked
package io.dispatch.functioninvoker.batch;

import org.jspecify.annotations.NullMarked;
