/** PostgreSQL as every service needs it: its roles and schemas, its durable settings, and waiting for what others publish. */
@NullMarked
package io.dispatch.database;

import org.jspecify.annotations.NullMarked;
