/** Emits an event on a schedule. Enters: schedules in three dialects and the clock. Leaves: one CloudEvent per fire. */
@NullMarked
package io.dispatch.driver.cron;

import org.jspecify.annotations.NullMarked;
