package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.Keys.EventKey;

/** The first parked row of a key is to be made due, as what it waited for is done. */
record Release(long subscription, EventKey key) {}
