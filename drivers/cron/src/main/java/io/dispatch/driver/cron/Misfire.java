package io.dispatch.driver.cron;

/** What becomes of fires that passed while the driver was not there, or that come more than a minute late. */
enum Misfire {
    /** They are not made up for. */
    SKIP,
    /** The newest of them is made up for. */
    FIRE_ONCE,
    /** All are made up for, within limits, the oldest first. */
    CATCH_UP
}
