package io.dispatch.functioninvoker.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails when more comes out of it than is allowed, whatever its sender said about its size. */
final class LimitedInput extends FilterInputStream {

    private final long most;
    private long seen;

    /** @param most bytes in all, 0 or more */
    LimitedInput(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) throws IOException {
        seen += more;
        if (seen > most) {
            throw new RefusedArchive("is more than %d bytes when unpacked".formatted(most));
        }
    }
}
