package io.dispatch.contracts;

/** Where a resource stands in its life. What a client sends is checked to be one of these and then ignored. */
public enum Status {
    INITIALIZED,
    CREATING,
    READY,
    UPDATING,
    ERROR,
    DELETING
}
