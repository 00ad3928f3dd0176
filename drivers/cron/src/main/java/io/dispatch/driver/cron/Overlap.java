package io.dispatch.driver.cron;

/** What becomes of a fire that is due while the one before is not acknowledged yet. */
enum Overlap {
    /** It is sent beside it. */
    ALLOW,
    /** It is left out. */
    SKIP,
    /** It waits, within the limits of catching up. */
    QUEUE
}
