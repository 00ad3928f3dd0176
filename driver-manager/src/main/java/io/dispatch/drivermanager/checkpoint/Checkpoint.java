package io.dispatch.drivermanager.checkpoint;

/** A document as it is kept. No record, as its bytes would make two equal ones differ. */
final class Checkpoint {

    private final long version;
    private final String contentType;
    private final byte[] content;

    Checkpoint(long version, String contentType, byte[] content) {
        this.version = version;
        this.contentType = contentType;
        this.content = content;
    }

    /** One more with every change. */
    long version() {
        return version;
    }

    /** As it was sent. */
    String contentType() {
        return contentType;
    }

    /** The bytes as they were sent. */
    byte[] content() {
        return content;
    }
}
